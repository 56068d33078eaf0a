namespace Sessions.Identity.Tracking;

/// <summary>The time that tracking may hold up one request: all its steps share it.</summary>
/// <remarks>Only time spent in tracking counts, so that a request that is slow for its own reasons still has its budget.</remarks>
internal sealed class TrackingBudget(TimeSpan limit, TrackingBudget? whole = null)
{
    private long _spentTicks;

    public TimeSpan Left
    {
        get
        {
            var left = limit - TimeSpan.FromTicks(Interlocked.Read(ref _spentTicks));
            left = whole is not null && whole.Left < left ? whole.Left : left;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Spend(TimeSpan time)
    {
        Interlocked.Add(ref _spentTicks, time.Ticks);
        whole?.Spend(time);
    }

    /// <summary>As much again as this one had at first.</summary>
    public TrackingBudget Anew() => new(limit);

    /// <summary>Half of what is left, for what is nice to know: when it hangs, there is still time for the write itself.</summary>
    public TrackingBudget Half() => new(Left / 2, this);
}
