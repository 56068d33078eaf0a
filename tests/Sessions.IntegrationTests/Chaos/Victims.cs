namespace Sessions.IntegrationTests.Chaos;

/// <summary>Tells a test that a call has run into a fault, so that the test can turn the clock instead of waiting.</summary>
public sealed class Victims
{
    private TaskCompletionSource _next = New();

    public Task NextAsync() => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
