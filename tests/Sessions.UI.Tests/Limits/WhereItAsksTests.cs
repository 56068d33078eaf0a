using System.Net;
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
