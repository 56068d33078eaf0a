namespace Sessions.IntegrationTests.Harness;

/// <summary>Waits for what happens off the request path, bounded.</summary>
public static class Eventually
{
    /// <summary>Far more than anything takes, so that a test that waits in vain fails instead of hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what = "what was waited for")
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition().WaitAsync(Patience))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"It never came true: {what}");
            await Task.Delay(10);
        }
    }
}
