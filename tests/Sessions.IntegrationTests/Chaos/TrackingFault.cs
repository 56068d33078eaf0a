namespace Sessions.IntegrationTests.Chaos;

/// <summary>A fault of one part of tracking, and how much of the request's budget that part may use up.</summary>
internal sealed record TrackingFault(Action<ChaosApp> Begin, Action<ChaosApp> End, TimeSpan Held)
{
    // What only describes a request has half of the budget, so that a row can still be written.
    private static readonly TimeSpan _half = ChaosApp.Budget / 2;

    public static readonly IReadOnlyDictionary<string, TrackingFault> All = new Dictionary<string, TrackingFault>
    {
        ["look-up throws"] = Of(chaos => chaos.Store.LookUp, FaultKind.Throw),
        ["look-up hangs"] = Of(chaos => chaos.Store.LookUp, FaultKind.Hang),
        ["insert throws"] = Of(chaos => chaos.Store.Insert, FaultKind.Throw),
        ["insert hangs"] = Of(chaos => chaos.Store.Insert, FaultKind.Hang),
        ["insert is late"] = Of(chaos => chaos.Store.Insert, FaultKind.Late),
        ["comparing devices throws"] = Of(chaos => chaos.Store.Compare, FaultKind.Throw),
        ["comparing devices hangs"] = Of(chaos => chaos.Store.Compare, FaultKind.Hang, _half),
        ["store throws"] = new(chaos => chaos.Store.BeginAll(FaultKind.Throw), chaos => chaos.Store.EndAll(), ChaosApp.Budget),
        ["store hangs"] = new(chaos => chaos.Store.BeginAll(FaultKind.Hang), chaos => chaos.Store.EndAll(), ChaosApp.Budget),
        ["store blocks"] = new(chaos => chaos.Store.BeginAll(FaultKind.Block), chaos => chaos.Store.EndAll(), ChaosApp.Budget),
        ["provider is disposed"] = new(chaos => chaos.Store.BeginAll(FaultKind.Dispose), chaos => chaos.Store.EndAll(), ChaosApp.Budget),
        ["end throws"] = Of(chaos => chaos.Store.End, FaultKind.Throw),
        ["end hangs"] = Of(chaos => chaos.Store.End, FaultKind.Hang),
        ["touch throws"] = Of(chaos => chaos.Store.Touch, FaultKind.Throw),
        ["touch hangs"] = Of(chaos => chaos.Store.Touch, FaultKind.Hang),
        ["parser throws"] = Of(chaos => chaos.Parser, FaultKind.Throw),
        ["parser blocks"] = Of(chaos => chaos.Parser, FaultKind.Block, _half),
        ["geolocator throws"] = Of(chaos => chaos.Geolocator, FaultKind.Throw),
        ["geolocator hangs"] = Of(chaos => chaos.Geolocator, FaultKind.Hang, _half),
        ["geolocator blocks"] = Of(chaos => chaos.Geolocator, FaultKind.Block, _half),
        ["hook throws"] = Of(chaos => chaos.Hook, FaultKind.Throw),
        ["hook hangs"] = Of(chaos => chaos.Hook, FaultKind.Hang),
        ["hook blocks"] = Of(chaos => chaos.Hook, FaultKind.Block),
    };

    private static TrackingFault Of(Func<ChaosApp, Fault> part, FaultKind kind, TimeSpan? held = null) =>
        new(
            chaos => part(chaos).Begin(kind),
            chaos => part(chaos).End(),
            held ?? ChaosApp.Budget);
}
