using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Limits;

/// <summary>Identity UI's own login page at the limit of a person's devices.</summary>
public sealed class AskTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_person_chooses_which_device_to_sign_out_and_goes_on_where_they_wanted(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await LimitApp.StartAsync(database);
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        app.App.Time.Advance(TimeSpan.FromMinutes(7));
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        var page = await LimitApp.AskedAsync(phone, "/whoami?from=login");

        Assert.Equal("You are already signed in elsewhere", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("Chrome 142 on Windows", page.QuerySelector(".sessions-choices .sessions-device")?.TextContent);
        Assert.Equal("Active 7 minutes ago", page.QuerySelector(".sessions-active")?.TextContent);
        Assert.Null(phone.Ticket);
        Assert.Equal(["SignedIn"], await app.TrailAsync()); // neither success nor failure
        var live = Assert.Single(await app.App.SessionsAsync());
        Assert.Null(live.EndedAt);

        using var answer = await LimitApp.GoOnAsync(phone, page, live.Id.ToString());

        Assert.Equal((HttpStatusCode.Redirect, "/whoami?from=login"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.True(await phone.IsSignedInAsync());
        Assert.Equal([SessionEndReason.LimitReached, "SignedIn", "SignedIn"], await app.TrailAsync());
        Assert.Equal(SignInMethod.Password, (await app.App.SessionsAsync()).Single(row => row.EndedAt is null).SignInMethod);
        using var refused = await laptop.NavigateAsync("/whoami");
        var login = await LimitApp.ReadAsync(await laptop.NavigateAsync(refused.Headers.Location!.PathAndQuery));
        Assert.Contains("the limit of devices was reached", login.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_asked_for_at_the_first_step_holds_for_the_ticket()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var (remembered, tenant) = (app.App.NewDevice(), app.App.NewDevice());

        var page = await LimitApp.AskedAsync(remembered, remember: true);
        using var first = await LimitApp.GoOnAsync(remembered, page, LimitApp.Offered(page));
        using var asked = await tenant.NavigateAsync("/form/claims", []);
        page = await LimitApp.ChoiceAsync(tenant);
        using var second = await LimitApp.GoOnAsync(tenant, page, LimitApp.Offered(page));

        Assert.Contains(first.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("Identity.Application=", StringComparison.Ordinal) && cookie.Contains("expires=", StringComparison.Ordinal));
        Assert.All((await app.App.SessionsAsync()).OrderBy(row => row.CreatedAt).Skip(1), row => Assert.True(row.IsPersistent));
        Assert.Equal("blue by the app", await (await tenant.GetAsync("/claims")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Who_turns_back_leaves_everybody_as_they_were_and_a_line_in_the_trail()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var page = await LimitApp.AskedAsync(phone);
        var copy = phone.Copy();

        using var answer = await LimitApp.DeclineAsync(phone, page);

        Assert.Equal("/Identity/Account/Login", answer.Headers.Location?.OriginalString);
        Assert.False(await phone.IsSignedInAsync());
        Assert.True(await laptop.IsSignedInAsync());
        Assert.Equal([SessionEventKind.LimitDeclined, "SignedIn"], await app.TrailAsync());
        Assert.Equal(HttpStatusCode.NotFound, await LimitApp.ChoiceStatusAsync(phone));
        await AssertWorthlessAsync(copy, page);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Too_few_sign_nobody_out_and_the_person_is_asked_once_more(int chosen)
    {
        await using var app = await LimitApp.StartAsync(total: 3);
        await app.App.CreateUserAsync();
        for (var device = 0; device < 3; device++)
        {
            await app.SignedInAsync();
        }

        var bob = await app.App.CreateUserAsync("bob@example.com");
        await app.SignedInAsync(name: "bob@example.com");
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var page = await LimitApp.AskedAsync(phone);
        Assert.Equal(3, LimitApp.Offered(page).Length);

        // Somebody else's session makes no room, and stays.
        var bobs = (await app.App.SessionsAsync()).Single(row => row.UserId == bob.Id).Id.ToString();
        using var tooFew = await LimitApp.GoOnAsync(phone, page, [.. new[] { bobs }.Take(chosen)]);
        var again = await LimitApp.ReadAsync(tooFew);

        Assert.Equal((HttpStatusCode.OK, 4), (tooFew.StatusCode, (await app.LiveAsync()).Length));
        Assert.Equal("That makes too little room: nobody was signed out yet.", again.QuerySelector("[role=alert]")?.TextContent);
        Assert.Null(phone.Ticket);

        using var answer = await LimitApp.GoOnAsync(phone, again, LimitApp.Offered(again)[0]);
        Assert.True(await phone.IsSignedInAsync());
        Assert.Contains(bobs, await app.LiveAsync());
    }

    [Fact]
    public async Task A_device_that_signed_out_meanwhile_makes_room_without_a_choice()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        await LimitApp.AskedAsync(phone);

        await laptop.PostAsync("/signout");
        var page = await LimitApp.ChoiceAsync(phone);
        Assert.Empty(LimitApp.Offered(page));
        using var answer = await LimitApp.GoOnAsync(phone, page);

        Assert.True(await phone.IsSignedInAsync());
    }

    [Fact]
    public async Task The_same_browser_takes_its_own_place_unasked()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        laptop.Forget(".AspNetCore.Identity.Application"); // it crashed

        using var answer = await LimitApp.LoginAsync(laptop);

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.Single(await app.LiveAsync());
    }

    [Fact]
    public async Task Only_sessions_that_count_are_offered_and_the_page_says_what_the_limit_is()
    {
        await using var app = await LimitApp.StartAsync(total: null, options: options => options.ConcurrentSignIns.PerDeviceType[DeviceType.Smartphone] = 1);
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        await app.SignedInAsync(Device.SafariOnIPhone);
        var (laptop, phone) = (app.App.NewDevice(), app.App.NewDevice(Device.SafariOnIPhone));

        using var unasked = await LimitApp.LoginAsync(laptop);
        var page = await LimitApp.AskedAsync(phone);

        Assert.Equal("/whoami", unasked.Headers.Location?.OriginalString);
        Assert.Equal("Safari on iPhone (iOS 18.5)", Assert.Single(page.QuerySelectorAll(".sessions-choices .sessions-device")).TextContent);
        Assert.Contains("one device of this kind at a time", page.QuerySelector("main, body")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_may_ask_some_and_not_others()
    {
        await using var app = await LimitApp.StartAsync(options: options =>
        {
            options.ConcurrentSignIns.AtLimit = SignInLimitAnswer.EndOldest;
            options.ConcurrentSignIns.ForUser = context => new(context.Limits with
            {
                AtLimit = context.Principal.Identity!.Name == "ada@example.com" ? SignInLimitAnswer.Ask : SignInLimitAnswer.EndOldest,
            });
        });
        await app.App.CreateUserAsync();
        await app.App.CreateUserAsync("bob@example.com");
        await app.SignedInAsync();
        await app.SignedInAsync(name: "bob@example.com");

        using var bob = await LimitApp.LoginAsync(app.App.NewDevice(), "bob@example.com");
        using var ada = await LimitApp.LoginAsync(app.App.NewDevice());

        Assert.Equal(("/whoami", LimitApp.ChoicePath), (bob.Headers.Location?.OriginalString, ada.Headers.Location?.OriginalString));
    }

    private static async Task AssertWorthlessAsync(Device device, AngleSharp.Dom.IDocument page)
    {
        using var answer = await LimitApp.GoOnAsync(device, page, LimitApp.Offered(page));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(await device.IsSignedInAsync());
    }
}
