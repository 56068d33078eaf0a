namespace Sessions.Identity.Tracking;

/// <summary>What tracking was doing when it failed: for logs and metrics.</summary>
internal enum TrackingStep
{
    CheckSession,
    AdoptSession,
    RecordSignIn,
    RecordFailure,
    CountFailures,
    EndSession,
    StepUp,
    ConfirmAccess,
    ExpireSession,
    PruneSessions,
    Sweep,
    ForgetUser,
    TouchSession,
    ReadAccountChange,
    RefreshPrincipal,
    DescribeRequest,
    ParseDevice,
    LocateAddress,
    FillLocation,
    CompareDevice,
    ReadDeviceCookie,
    WriteCookie,
    ReadSessions,
    RunHook,
}
