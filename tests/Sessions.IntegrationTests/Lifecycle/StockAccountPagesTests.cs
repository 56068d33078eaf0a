using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>Identity UI's own pages that change the security stamp: the one that turns two-factor off does not refresh the sign-in.</summary>
public sealed partial class StockAccountPagesTests
{
    // Identity's own interval, and the one with which it looks at every request.
    [Theory]
    [InlineData("Disable2fa", "TwoFactorAuthentication", 30)]
    [InlineData("Disable2fa", "TwoFactorAuthentication", 0)]
    [InlineData("ResetAuthenticator", "EnableAuthenticator", 30)]
    [InlineData("ResetAuthenticator", "EnableAuthenticator", 0)]
    public async Task The_device_that_sent_the_page_stays_and_another_is_out_at_its_next_request_with_the_reason(string page, string next, int minutes)
    {
        await using var app = await StartAsync(TimeSpan.FromMinutes(minutes));
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var (mine, other) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await mine.PostAsync("/signin-direct?name=ada@example.com");
        await other.PostAsync("/signin-direct?name=ada@example.com");
        var tab = mine.Copy();

        using var sent = await SendAsync(mine, $"/Identity/Account/Manage/{page}");

        Assert.Equal($"/Identity/Account/Manage/{next}", sent.Headers.Location?.OriginalString);
        Assert.False(await app.WithUsersAsync(async users => await users.GetTwoFactorEnabledAsync((await users.FindByIdAsync(user.Id))!)));
        Assert.True(await mine.IsSignedInAsync());
        Assert.True(await tab.IsSignedInAsync(), "Its second tab has the ticket from before the change.");
        Assert.False(await other.IsSignedInAsync());
        Assert.Null(other.Ticket);
        var sessions = await app.SessionsAsync();
        Assert.Equal([null, SessionEndReason.SecurityStampChanged], sessions.Select(row => row.EndReason));

        // A page that saves twice changes the stamp twice: only the first change finds a session to end.
        var revoked = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked && row.SessionId is not null);
        Assert.Equal((sessions[1].Id, SessionEndReason.SecurityStampChanged), (revoked.SessionId!.Value, revoked.EndReason));
        app.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await mine.IsSignedInAsync(), "Identity looks at the stamp by now, and finds the new one.");
        Assert.True(await tab.IsSignedInAsync());
    }

    private static Task<TestApp> StartAsync(TimeSpan interval) => TestApp.StartAsync(setup =>
    {
        setup.ConfigureIdentity = services =>
        {
            services.AddRazorPages();
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = interval);
            return services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<TestDb>();
        };
        setup.ConfigureEndpoints = app => app.MapRazorPages();
    });

    private static async Task<HttpResponseMessage> SendAsync(Device device, string path)
    {
        using var page = await device.GetAsync(path);
        var token = Token().Match(await page.Content.ReadAsStringAsync());
        Assert.True(token.Success, $"{path} has a form.");
        var answer = await device.PostFormAsync(path, [new("__RequestVerificationToken", token.Groups[1].Value)]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
