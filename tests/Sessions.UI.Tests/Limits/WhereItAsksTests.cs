using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Limits;

/// <summary>Asking is for the redirect after a page's form. Everywhere else the oldest session ends.</summary>
public sealed class WhereItAsksTests
{
    [Fact]
    public async Task An_api_and_a_scripts_fetch_are_not_asked()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        var devices = new[] { await app.SignedInAsync(), await app.SignedInAsync(), app.App.NewDevice(), app.App.NewDevice() };

        using var fetched = await devices[2].SendAsync("/form/redirect?to=/whoami", [], ("Accept", "text/html"), ("Sec-Fetch-Mode", "cors"));
        Assert.True(await devices[2].IsSignedInAsync());
        using var json = await devices[3].SendAsync("/form/redirect?to=/whoami", [], ("Accept", "application/json"));

        var signedIn = await Task.WhenAll(devices.Select(device => device.IsSignedInAsync()));
        Assert.Equal([false, false, false, true], signedIn);
        Assert.Equal(3, (await app.App.EventsAsync()).Count(row => row.EndReason == SessionEndReason.LimitReached));
    }

    [Theory]
    [InlineData("Sec-Fetch-Mode", "cors")]
    [InlineData("Accept", "application/json")]
    [InlineData("X-Requested-With", "XMLHttpRequest")]
    public async Task A_passkey_that_a_script_sends_is_not_asked_and_the_oldest_ends_with_the_reason(string header, string value)
    {
        await using var app = await LimitApp.StartAsync(configure: setup => setup.ConfigureEndpoints += TestPasskey.Map);
        var user = await app.App.CreateUserAsync();
        using var passkey = await TestPasskey.CreateAsync(app.App, user);
        var oldest = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var credential = passkey.Answer(await phone.PostAsync("/passkey-options"), user);

        using var answer = await phone.SendAsync(
            "/passkey", [new("credential", credential)], ("Origin", "https://localhost"), ("Accept", header == "Accept" ? value : "text/html"), (header, value));

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.True(await phone.IsSignedInAsync());
        Assert.False(await oldest.IsSignedInAsync());
        Assert.Equal([SessionEndReason.LimitReached, null], (await app.App.SessionsAsync()).OrderBy(row => row.CreatedAt).Select(row => row.EndReason));
        Assert.Equal(SignInMethod.Passkey, (await app.App.SessionsAsync()).Single(row => row.EndedAt is null).SignInMethod);
        Assert.Equal([SessionEndReason.LimitReached, "SignedIn", "SignedIn"], await app.TrailAsync());
        Assert.Equal(HttpStatusCode.NotFound, await LimitApp.ChoiceStatusAsync(phone));
    }

    [Fact]
    public async Task A_ticket_from_before_the_install_that_is_adopted_at_the_limit_is_not_asked_and_the_oldest_ends_with_the_reason()
    {
        await using var database = TestDatabase.Sqlite();
        var (keys, time) = (Directory.CreateTempSubdirectory("sessions-keys-"), new TestAppSetup().Time);
        var tickets = new List<string>();
        await using (var before = await LimitApp.StartAsync(database, configure: setup => (setup.Keys, setup.Time, setup.WithSessions, setup.ConfigureContext, setup.ConfigureEndpoints) =
            (keys, time, false, (services, own) => services.AddDbContext<TestDb>(options =>
            {
                own.Use(options);
                options.UseSessions<IdentityUser>();
            }), null)))
        {
            await before.App.CreateUserAsync();
            foreach (var _ in new[] { 1, 2 })
            {
                tickets.Add((await before.SignedInAsync()).Ticket!);
                time.Advance(TimeSpan.FromMinutes(1));
            }
        }

        await using var app = await LimitApp.StartAsync(database, configure: setup => (setup.Keys, setup.Time, setup.CreateTables) = (keys, time, false));
        var devices = tickets.ConvertAll(ticket =>
        {
            var device = app.App.NewDevice();
            device.Present(ticket);
            return device;
        });

        foreach (var device in devices)
        {
            using var answer = await device.NavigateAsync("/whoami");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.True(await devices[1].IsSignedInAsync());
        Assert.Equal([SessionEndReason.LimitReached, null], (await app.App.SessionsAsync()).OrderBy(row => row.CreatedAt).Select(row => row.EndReason));
        Assert.Equal([SessionEndReason.LimitReached], await app.TrailAsync());
    }

    [Fact]
    public async Task A_session_whose_ticket_ran_out_takes_no_place_before_any_sweep()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        app.App.Time.Advance(TimeSpan.FromDays(15));
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var unasked = await LimitApp.LoginAsync(phone);

        Assert.Equal("/whoami", unasked.Headers.Location?.OriginalString);
        var devices = await LimitApp.ReadAsync(await phone.NavigateAsync("/Identity/Account/Devices"));
        Assert.Equal([await phone.SessionIdAsync()], devices.QuerySelectorAll("li[data-session]").Select(item => item.GetAttribute("data-session")));
        Assert.All(await app.App.SessionsAsync(), row => Assert.Null(row.EndedAt));
    }

    [Fact]
    public async Task A_form_that_is_answered_with_a_page_signs_in()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var answer = await phone.NavigateAsync("/form/page", []);

        Assert.Equal("<p>Welcome</p>", await answer.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, true, false), (answer.StatusCode, await phone.IsSignedInAsync(), await laptop.IsSignedInAsync()));
        Assert.Equal([SessionEndReason.LimitReached, "SignedIn", "SignedIn"], await app.TrailAsync());
        Assert.All(await app.App.SessionsAsync(), row => Assert.Equal(SignInMethod.Password, row.SignInMethod));
        Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("Sessions.Choice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task A_redirect_that_leaves_the_app_is_followed_unasked(string to)
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var answer = await phone.NavigateAsync($"/form/redirect?to={Uri.EscapeDataString(to)}", []);

        Assert.Equal(to, answer.Headers.Location?.OriginalString);
        Assert.True(await phone.IsSignedInAsync());
        Assert.Single(await app.LiveAsync());
    }

    [Theory]
    [InlineData("https://localhost/whoami?a=b", "/whoami?a=b")]
    [InlineData("../whoami", "/whoami")]
    [InlineData("/whoami#part", "/whoami#part")]
    public async Task A_redirect_within_the_app_is_where_the_person_goes_on(string to, string path)
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var asked = await phone.NavigateAsync($"/form/redirect?to={Uri.EscapeDataString(to)}", []);
        var page = await LimitApp.ChoiceAsync(phone);
        using var answer = await LimitApp.GoOnAsync(phone, page, LimitApp.Offered(page));

        Assert.Equal(path, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_redirect_that_keeps_the_method_does_not_post_the_password_on()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.SignedInAsync();

        using var asked = await app.App.NewDevice().NavigateAsync("/form/redirect-method", []);

        Assert.Equal((HttpStatusCode.Redirect, LimitApp.ChoicePath), (asked.StatusCode, asked.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_request_that_fails_after_its_sign_in_or_signs_out_again_leaves_nothing()
    {
        await using var app = await LimitApp.StartAsync(configure: setup => setup.ConfigureApp = host => host.UseExceptionHandler(error => error.Run(_ => Task.CompletedTask)));
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        var (broken, gone) = (app.App.NewDevice(), app.App.NewDevice());

        using var failed = await broken.NavigateAsync("/form/broken", []);
        using var signedOut = await gone.NavigateAsync("/form/back-out", []);

        Assert.Equal((HttpStatusCode.InternalServerError, "/"), (failed.StatusCode, signedOut.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.NotFound, await LimitApp.ChoiceStatusAsync(broken));
        Assert.Equal(HttpStatusCode.NotFound, await LimitApp.ChoiceStatusAsync(gone));
        Assert.True(await laptop.IsSignedInAsync());
        Assert.Single(await app.App.SessionsAsync());
    }

    [Fact]
    public async Task An_app_that_maps_no_pages_asks_nobody()
    {
        await using var app = await LimitApp.StartAsync(configure: setup => setup.ConfigureEndpoints = LimitEndpoints.Map);
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var answer = await phone.NavigateAsync("/form/redirect?to=/whoami", []);

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.Equal((true, false), (await phone.IsSignedInAsync(), await laptop.IsSignedInAsync()));
    }

    [Fact]
    public async Task A_link_that_signs_in_is_no_form()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var answer = await phone.NavigateAsync("/magic");

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.Equal((true, false), (await phone.IsSignedInAsync(), await laptop.IsSignedInAsync()));
    }

    [Fact]
    public async Task A_registration_is_not_asked()
    {
        await using var app = await LimitApp.StartAsync();
        var device = app.App.NewDevice();
        var form = LimitApp.Form(await LimitApp.ReadAsync(await device.NavigateAsync("/Identity/Account/Register?returnUrl=/whoami")), "form#registerForm");
        form["Input.Email"] = "new@example.com";
        form["Input.Password"] = form["Input.ConfirmPassword"] = TestApp.Password;

        using var answer = await device.NavigateAsync("/Identity/Account/Register?returnUrl=/whoami", form);

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.True(await device.IsSignedInAsync());
    }
}
