namespace Sessions.Identity.Tracking;

/// <summary>Work that nobody waits for any more, and that may still fail.</summary>
internal static class GivenUpWork
{
    /// <summary>Takes note of a failure that comes later, so that the host's handler of unobserved exceptions is not called for it.</summary>
    public static void GiveUp(this Task work) => work.ContinueWith(
        static task => _ = task.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
