namespace Sessions.IntegrationTests.Harness;

/// <summary>Waits for what happens off the request path, bounded.</summary>
public static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < _limit, "What was waited for did not happen.");
            await Task.Delay(10);
        }
    }
}
