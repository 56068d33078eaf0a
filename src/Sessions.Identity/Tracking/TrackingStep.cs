namespace Sessions.Identity.Tracking;

/// <summary>What tracking was doing when it failed: for logs and metrics.</summary>
internal enum TrackingStep
{
    CheckSession,
    AdoptSession,
    RecordSignIn,
    RecordFailure,
    EndSession,
    TouchSession,
    DescribeRequest,
    ParseDevice,
    LocateAddress,
    FillLocation,
    ReadDeviceCookie,
    WriteCookie,
    ReadSessions,
    RunHook,
}
