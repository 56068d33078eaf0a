using System.Security.Claims;
using System.Text.Json.Serialization;
using Sessions.Identity.SignIn;

namespace Sessions.Identity.Limits;

/// <summary>A sign-in that has passed every factor and waits for its person's choice. Only the browser keeps it, in a protected cookie.</summary>
internal sealed record PendingChoice
{
    /// <summary>The id that the session will have. A row, or an event with <see cref="WriteKey"/>, shows that the choice was made: it is made once.</summary>
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    /// <summary>The key that the ticket will have: however often the choice is presented, it leads to one session.</summary>
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    [JsonPropertyName("user")]
    public required string UserId { get; init; }

    [JsonPropertyName("scheme")]
    public required string Scheme { get; init; }

    [JsonPropertyName("end")]
    public required DateTimeOffset EndsAt { get; init; }

    [JsonPropertyName("stamp")]
    public string? StampDigest { get; init; }

    [JsonPropertyName("how")]
    public SignInFacts SignIn { get; init; } = SignInFacts.Unknown;

    /// <summary>The properties of the ticket that was about to be written.</summary>
    [JsonPropertyName("items")]
    public Dictionary<string, string?> Properties { get; init; } = [];

    /// <summary>What the sign-in adds to the user's own claims.</summary>
    [JsonPropertyName("claims")]
    public IReadOnlyList<PendingClaim> Claims { get; init; } = [];

    [JsonPropertyName("total")]
    public int? Total { get; init; }

    [JsonPropertyName("types")]
    public Dictionary<string, int> PerDeviceType { get; init; } = [];

    /// <summary>Where the login page leads, as a path of this app.</summary>
    [JsonPropertyName("return")]
    public string? ReturnUrl { get; init; }

    /// <summary>When every factor had been passed: a later decision about all of the user's sessions holds for this one too.</summary>
    [JsonIgnore]
    public DateTimeOffset IssuedAt => EndsAt - PendingChoiceCookie.Lifetime;

    [JsonIgnore]
    public string WriteKey => $"begin:{Id:N}";

    [JsonIgnore]
    public SignInLimits Limits => new() { Total = Total, PerDeviceType = PerDeviceType, AtLimit = SignInLimitAnswer.Ask };
}

/// <summary>A claim as the cookie keeps it.</summary>
internal sealed record PendingClaim(
    [property: JsonPropertyName("t")] string Type,
    [property: JsonPropertyName("v")] string Value,
    [property: JsonPropertyName("k")] string? ValueType = null,
    [property: JsonPropertyName("i")] string? Issuer = null)
{
    public static PendingClaim Of(Claim claim) => new(
        claim.Type,
        claim.Value,
        claim.ValueType == ClaimValueTypes.String ? null : claim.ValueType,
        claim.Issuer == ClaimsIdentity.DefaultIssuer ? null : claim.Issuer);

    public Claim ToClaim() => new(Type, Value, ValueType, Issuer);
}
