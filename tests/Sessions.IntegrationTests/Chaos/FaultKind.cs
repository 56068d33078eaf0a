namespace Sessions.IntegrationTests.Chaos;

/// <summary>How a part of tracking goes wrong.</summary>
public enum FaultKind
{
    None,

    /// <summary>Nothing of its own: the test is told of the call, which meets a real fault.</summary>
    Watch,

    /// <summary>It throws at once.</summary>
    Throw,

    /// <summary>It throws at once, as a container that is disposed does.</summary>
    Dispose,

    /// <summary>It never answers and ignores its token.</summary>
    Hang,

    /// <summary>It never answers and keeps its thread.</summary>
    Block,

    /// <summary>It never answers, ignores its token, and does its work when the fault ends, when nobody waits for it any more.</summary>
    Late,
}
