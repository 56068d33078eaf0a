using Sessions.Identity.Locations.Travel;
using Sessions.Identity.SignIn;

namespace Sessions.Identity.Stores;

/// <summary>An event to be written.</summary>
internal sealed record SessionEventDescriptor
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required SessionOrigin Origin { get; init; }

    /// <summary>The user; never set for a failure.</summary>
    public string? UserId { get; init; }

    public Guid? SessionId { get; init; }

    public string? Scheme { get; init; }

    public string? Identity { get; init; }

    /// <summary>The account's name at a sign-in.</summary>
    public string? AccountName { get; init; }

    public SignInFacts? SignIn { get; init; }

    public string? FailureReason { get; init; }

    public bool IsNewDevice { get; init; }

    public string? WriteKey { get; init; }

    /// <summary>How far it is from the user's previous sign-in, where that is known.</summary>
    public TravelHint? Travel { get; init; }

    public string? BurstKey { get; init; }
}
