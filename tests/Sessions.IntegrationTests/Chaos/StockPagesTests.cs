using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>The first rule on Identity's own pages.</summary>
public sealed partial class StockPagesTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    public async Task The_login_and_logout_pages_work_in_an_outage(FaultKind kind)
    {
        await using var chaos = await ChaosApp.StartAsync(setup =>
        {
            setup.ConfigureIdentity = services =>
            {
                services.AddRazorPages();
                return services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<TestDb>();
            };
            setup.ConfigureEndpoints = app => app.MapRazorPages();
        });
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        var login = await TokenAsync(chaos, device, "/Identity/Account/Login");

        chaos.Store.BeginAll(kind);
        using var signedIn = await chaos.WithinOneBudgetAsync(() => device.PostFormAsync(
            "/Identity/Account/Login",
            [login, new("Input.Email", "ada@example.com"), new("Input.Password", TestApp.Password)]));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));
        var copy = device.Copy();
        var logout = await TokenAsync(chaos, device, "/Identity/Account/Logout");
        using var signedOut = await chaos.WithinOneBudgetAsync(() => device.PostFormAsync("/Identity/Account/Logout", [logout]));
        Assert.Null(device.Ticket);
        chaos.Store.EndAll();

        await Eventually.TrueAsync(
            async () =>
            {
                chaos.PassBreak();
                return (await chaos.App.SessionsAsync()).SingleOrDefault()?.EndReason == SessionEndReason.SignedOut && !await copy.IsSignedInAsync();
            },
            "the sign-out is written and a copy of the cookie refused");
    }

    private static async Task<KeyValuePair<string, string>> TokenAsync(ChaosApp chaos, Device device, string path)
    {
        using var page = await chaos.WithinOneBudgetAsync(() => device.GetAsync(path));
        var token = Token().Match(await page.Content.ReadAsStringAsync());
        Assert.True(token.Success, $"{path} has a form.");
        return new("__RequestVerificationToken", token.Groups[1].Value);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
