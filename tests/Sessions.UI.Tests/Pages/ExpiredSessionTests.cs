using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Pages;

/// <summary>Whose time was over is told so on Identity UI's own login page, once.</summary>
public sealed class ExpiredSessionTests
{
    private const string Words = "Your session has expired. Please sign in again.";

    [Theory]
    [InlineData("idle", 1.1)]
    [InlineData("age", 5)]
    [InlineData("ticket", 15 * 24)]
    public async Task Who_comes_back_after_their_session_expired_reads_why_on_the_login_page(string limit, double hours)
    {
        await using var app = await LimitApp.StartAsync(total: null, options: options =>
        {
            options.IdleTimeout = limit == "idle" ? TimeSpan.FromHours(1) : null;
            options.AbsoluteLifetime = limit == "age" ? TimeSpan.FromHours(4) : null;
        });
        await app.App.CreateUserAsync();
        var device = app.App.NewDevice();
        using var signedIn = await LimitApp.LoginAsync(device);
        Assert.True(await device.IsSignedInAsync());
        app.App.Time.Advance(TimeSpan.FromHours(hours));

        using var refused = await device.NavigateAsync("/whoami");
        var login = await LimitApp.ReadAsync(await device.NavigateAsync(refused.Headers.Location!.PathAndQuery));
        var again = await LimitApp.ReadAsync(await device.NavigateAsync(refused.Headers.Location!.PathAndQuery));

        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.App.SessionsAsync()).EndReason);
        Assert.NotNull(login.QuerySelector("form#account"));
        Assert.Contains(Words, login.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Words, again.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_sweep_ended_in_their_absence_reads_why_too()
    {
        await using var app = await LimitApp.StartAsync(total: null, options: options => options.IdleTimeout = TimeSpan.FromHours(1));
        await app.App.CreateUserAsync();
        var device = app.App.NewDevice();
        using var signedIn = await LimitApp.LoginAsync(device);
        app.App.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, (await app.App.SweepAsync()).ExpiredCount);

        using var refused = await device.NavigateAsync("/whoami");
        var login = await LimitApp.ReadAsync(await device.NavigateAsync(refused.Headers.Location!.PathAndQuery));

        Assert.Contains(Words, login.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
    }
}
