namespace Sessions.Identity.Sweep;

/// <summary>Since when this node has been sweeping: before its first run there is nothing to complain about.</summary>
internal sealed class SweepStart(TimeProvider time)
{
    public DateTimeOffset At { get; private set; } = time.GetUtcNow();

    public void Started() => At = time.GetUtcNow();
}
