using System.Net;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Limits;

/// <summary>Nobody is asked, and nothing shown, before every factor is passed.</summary>
public sealed class EveryFactorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_second_step_asks_and_the_first_does_not(bool withRecoveryCode)
    {
        await using var app = await LimitApp.StartAsync();
        var (user, codes) = await app.App.CreateUserWithTwoFactorAsync();
        await SignInByApiAsync(app, user);
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var first = await LimitApp.LoginAsync(phone);
        Assert.Contains("LoginWith2fa", first.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await LimitApp.ChoiceStatusAsync(phone));

        using var second = withRecoveryCode
            ? await SendAsync(phone, "/Identity/Account/LoginWithRecoveryCode?ReturnUrl=%2Fwhoami", "Input.RecoveryCode", codes[0])
            : await SendAsync(phone, first.Headers.Location!.OriginalString, "Input.TwoFactorCode", await app.App.AuthenticatorCodeAsync(user));
        Assert.Equal(LimitApp.ChoicePath, second.Headers.Location?.OriginalString);
        Assert.Null(phone.Ticket);
        var page = await LimitApp.ChoiceAsync(phone);
        using var answer = await LimitApp.GoOnAsync(phone, page, LimitApp.Offered(page));

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.True(await phone.IsSignedInAsync());
        var signedIn = (await app.App.EventsAsync()).Last(row => row.Kind == SessionEventKind.SignedIn);
        Assert.Equal(SignInMethod.Password, signedIn.SignInMethod);
        Assert.Contains(withRecoveryCode ? SecondFactor.RecoveryCode : SecondFactor.Authenticator, signedIn.MethodDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_of_an_external_provider_asks()
    {
        await using var app = await LimitApp.StartAsync();
        await app.App.CreateUserWithLoginAsync("Example");
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var callback = await phone.NavigateAsync("/external/callback");
        Assert.Equal(LimitApp.ChoicePath, callback.Headers.Location?.OriginalString);
        var page = await LimitApp.ChoiceAsync(phone);
        using var answer = await LimitApp.GoOnAsync(phone, page, LimitApp.Offered(page));

        Assert.True(await phone.IsSignedInAsync());
        var signedIn = (await app.App.EventsAsync()).Last(row => row.Kind == SessionEventKind.SignedIn);
        Assert.Equal((SignInMethod.External, "example"), (signedIn.SignInMethod, signedIn.Provider));
    }

    private static async Task SignInByApiAsync(LimitApp app, IdentityUser user)
    {
        var laptop = app.App.NewDevice();
        await laptop.SignInAsync();
        Assert.Equal("Succeeded", await laptop.PostAsync($"/signin-authenticator?code={await app.App.AuthenticatorCodeAsync(user)}"));
    }

    private static async Task<HttpResponseMessage> SendAsync(Device device, string path, string field, string value)
    {
        var form = LimitApp.Form(await LimitApp.ReadAsync(await device.NavigateAsync(path)), "main form, form");
        form[field] = value;
        return await device.NavigateAsync(path, form);
    }
}
