namespace Sessions.IntegrationTests.Chaos;

/// <summary>What of the store is broken just now.</summary>
internal sealed class StoreFaults(Victims victims)
{
    private int _lookUps;

    public Fault LookUp { get; } = new(victims);

    public Fault Insert { get; } = new(victims);

    public Fault Touch { get; } = new(victims);

    public Fault End { get; } = new(victims);

    public Fault Compare { get; } = new(victims);

    /// <summary>How often a session was looked up.</summary>
    public int LookUps => Volatile.Read(ref _lookUps);

    public void CountLookUp() => Interlocked.Increment(ref _lookUps);

    public void BeginAll(FaultKind kind)
    {
        foreach (var fault in All)
        {
            fault.Begin(kind);
        }
    }

    public void EndAll()
    {
        foreach (var fault in All)
        {
            fault.End();
        }
    }

    private Fault[] All => [LookUp, Insert, Touch, End, Compare];
}
