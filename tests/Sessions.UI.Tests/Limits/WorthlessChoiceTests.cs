using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Limits;

/// <summary>A sign-in that waits is worth nothing once it is used, over, or the account has changed: nothing is shown, and nobody let in.</summary>
public sealed class WorthlessChoiceTests
{
    public static TheoryData<string> Changes => ["stamp", "lockout", "deletion", "time", "tampering", "revocation of all"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task After_what_ends_it(string change)
    {
        await using var app = await LimitApp.StartAsync();
        var user = await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var page = await LimitApp.AskedAsync(phone);
        var (shown, used) = (phone.Copy(), phone);

        await ChangeAsync(app, user.Id, change, [shown, used]);

        var answer = await shown.NavigateAsync(LimitApp.ChoicePath);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(LimitApp.Offered(await LimitApp.ReadAsync(answer)));
        await AssertRefusedAsync(used, page);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task After_its_use(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await LimitApp.StartAsync(database);
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var page = await LimitApp.AskedAsync(phone);
        var copy = phone.Copy();

        using var answer = await LimitApp.GoOnAsync(phone, page, LimitApp.Offered(page));

        Assert.True(await phone.IsSignedInAsync());
        Assert.Equal(HttpStatusCode.NotFound, await LimitApp.ChoiceStatusAsync(copy));
        await AssertRefusedAsync(copy, page);
        Assert.Single(await app.LiveAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_one_choice_that_is_made_many_times_at_once_comes_one_session(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await LimitApp.StartAsync(database);
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var page = await LimitApp.AskedAsync(phone);
        var copies = Enumerable.Range(0, 6).Select(_ => phone.Copy()).ToList();

        var answers = await Task.WhenAll(copies.Select(copy => LimitApp.GoOnAsync(copy, page, LimitApp.Offered(page))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Single(copies, copy => copy.Ticket is not null);
        Assert.Equal(2, (await app.App.SessionsAsync()).Count);
        Assert.Equal([SessionEndReason.LimitReached, "SignedIn", "SignedIn"], await app.TrailAsync());
    }

    [Fact]
    public async Task Its_form_needs_the_pages_own_token()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var offered = LimitApp.Offered(await LimitApp.AskedAsync(phone));

        using var chosen = await phone.NavigateAsync(LimitApp.ChoicePath, [KeyValuePair.Create("sessions", offered[0])]);
        using var declined = await phone.NavigateAsync($"{LimitApp.ChoicePath}?handler=Decline", []);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (chosen.StatusCode, declined.StatusCode));
        Assert.Equal(["SignedIn"], await app.TrailAsync());
    }

    [Fact]
    public async Task Somebody_without_one_is_shown_nothing()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.SignedInAsync();

        Assert.Equal(HttpStatusCode.NotFound, await LimitApp.ChoiceStatusAsync(app.App.NewDevice()));
    }

    private static async Task ChangeAsync(LimitApp app, string userId, string change, Device[] devices)
    {
        if (change == "time")
        {
            app.App.Time.Advance(TimeSpan.FromMinutes(11));
            return;
        }

        if (change == "tampering")
        {
            foreach (var device in devices)
            {
                var cookie = device.Cookies.GetAllCookies()["Sessions.Choice"]!;
                cookie.Value = $"{cookie.Value[..^4]}AAAA";
            }

            return;
        }

        if (change == "revocation of all")
        {
            await app.App.RevokeAllAsync();
            return;
        }

        await app.App.WithUsersAsync(async users =>
        {
            var user = (await users.FindByIdAsync(userId))!;
            return change switch
            {
                "stamp" => await users.UpdateSecurityStampAsync(user),
                "lockout" => await users.SetLockoutEndDateAsync(user, TimeProvider.System.GetUtcNow().AddDays(365)), // Identity's own clock is the system's
                _ => await users.DeleteAsync(user),
            };
        });
    }

    private static async Task AssertRefusedAsync(Device device, IDocument page)
    {
        using var answer = await LimitApp.GoOnAsync(device, page, LimitApp.Offered(page));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(await device.IsSignedInAsync());
    }
}
