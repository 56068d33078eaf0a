namespace Sessions.Identity;

/// <summary>The last 24 hours at a glance.</summary>
public sealed class SessionOverview
{
    /// <summary>Gets the 24 hours, the oldest first. The last one is the hour that it is now.</summary>
    public required IReadOnlyList<SessionHour> Hours { get; init; }

    /// <summary>Gets the addresses that most failed attempts came from, the worst first. Many identities from one address are a spray of passwords.</summary>
    public required IReadOnlyList<FailureSource> Sources { get; init; }

    /// <summary>Gets the identities that most failed attempts were typed against, the worst first. Many addresses on one identity are a distributed attack on it.</summary>
    public required IReadOnlyList<FailureTarget> Targets { get; init; }
}

/// <summary>What happened within an hour.</summary>
/// <param name="Start">When the hour began, in UTC.</param>
/// <param name="SignIns">Sign-ins that succeeded.</param>
/// <param name="Failures">Attempts that failed.</param>
/// <param name="NewDevices">Those of the sign-ins that came from a device that was new to its user.</param>
/// <param name="ImpossibleTravels">Those of the sign-ins that nobody could have travelled to.</param>
/// <param name="Revocations">Sessions that were ended by decision.</param>
public sealed record SessionHour(DateTimeOffset Start, int SignIns, int Failures, int NewDevices, int ImpossibleTravels, int Revocations);

/// <summary>The failed attempts from one address.</summary>
/// <param name="IpAddress">The address, as it is kept.</param>
/// <param name="Failures">How many failed.</param>
/// <param name="Identities">How many different identities were typed.</param>
/// <param name="Accounts">How many of those identities are an account's.</param>
public sealed record FailureSource(string? IpAddress, int Failures, int Identities, int Accounts);

/// <summary>The failed attempts against one identity.</summary>
/// <param name="Identity">The identity as it was typed.</param>
/// <param name="Failures">How many failed.</param>
/// <param name="Addresses">From how many different addresses.</param>
/// <param name="IsAccount">Whether an account was found by it.</param>
public sealed record FailureTarget(string Identity, int Failures, int Addresses, bool IsAccount);
