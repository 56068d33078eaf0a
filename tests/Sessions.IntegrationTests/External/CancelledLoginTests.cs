using Sessions.Identity;

namespace Sessions.IntegrationTests.External;

/// <summary>Somebody who changes their mind at the provider.</summary>
public sealed class CancelledLoginTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("/Identity/Account/Login")]
    public async Task Cancelling_at_the_provider_is_a_failure_without_an_identity(string? accessDeniedPath)
    {
        await using var external = await ExternalApp.StartAsync(options => options.AccessDeniedPath = accessDeniedPath);
        using var browser = external.NewBrowser();

        var answer = await ExternalApp.CancelAsync(browser, await ExternalApp.GoToProviderAsync(browser));

        Assert.Equal(accessDeniedPath ?? "/signin-oidc", answer.Address.AbsolutePath);
        Assert.False(await browser.IsSignedInAsync());
        var failed = Assert.Single(await external.App.EventsAsync());
        Assert.Equal((SessionEventKind.SignInFailed, SignInMethod.External, "exampleid"), (failed.Kind, failed.SignInMethod, failed.Provider));
        Assert.Equal((null, null, null), (failed.Identity, failed.UserId, failed.SessionId));
        Assert.NotNull(failed.FailureReason);
        Assert.Empty(await external.App.SessionsAsync());
    }
}
