namespace Sessions.Identity.Tracking;

/// <summary>The time that tracking may hold up one request: all its steps share it.</summary>
/// <remarks>Only time spent in tracking counts, so that a request that is slow for its own reasons still has its budget.</remarks>
internal sealed class TrackingBudget(TimeSpan limit)
{
    private long _spentTicks;

    public TimeSpan Left
    {
        get
        {
            var left = limit - TimeSpan.FromTicks(Interlocked.Read(ref _spentTicks));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Spend(TimeSpan time) => Interlocked.Add(ref _spentTicks, time.Ticks);
}
