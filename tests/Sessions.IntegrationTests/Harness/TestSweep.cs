using Sessions.Identity;

namespace Sessions.IntegrationTests.Harness;

/// <summary>The sweep, called by hand.</summary>
internal static class TestSweep
{
    public static Task<SessionSweepResult?> TrySweepAsync(this TestApp app) =>
        app.InScopeAsync(services => services.GetRequiredService<UserSessionSweeper>().SweepAsync());

    public static async Task<SessionSweepResult> SweepAsync(this TestApp app)
    {
        var result = await app.TrySweepAsync();
        Assert.NotNull(result);
        return result;
    }
}
