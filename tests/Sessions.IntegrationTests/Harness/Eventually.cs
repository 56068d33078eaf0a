namespace Sessions.IntegrationTests.Harness;

/// <summary>Waits for a condition, bounded: what happens in the background happens soon, and no test says how soon.</summary>
public static class Eventually
{
    /// <summary>Far more than anything takes, so that a test that waits in vain fails instead of hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what = "what was waited for")
    {
        using var limit = new CancellationTokenSource(Patience);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
            {
                Assert.Fail($"It never came true: {what}");
            }

            await looks.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
