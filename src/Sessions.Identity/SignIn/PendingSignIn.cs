using System.Text.Json.Serialization;

namespace Sessions.Identity.SignIn;

/// <summary>A sign-in that could not be written at its time. The ticket carries it until a later request adopts it.</summary>
internal sealed record PendingSignIn
{
    /// <summary>The id that the session was given. A write that came through late after all has the same.</summary>
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>The digest of the key in the cookie that the sign-in's own has overwritten.</summary>
    [JsonPropertyName("old")]
    public string? ReplacedKeyDigest { get; init; }

    /// <summary>The sessions that its person chose to sign out for it.</summary>
    [JsonPropertyName("for")]
    public IReadOnlyList<Guid>? Chosen { get; init; }

    [JsonPropertyName("how")]
    public SignInFacts SignIn { get; init; } = SignInFacts.Unknown;
}
