using System.Text.Json.Serialization;

namespace Sessions.Identity.SignIn;

/// <summary>How a sign-in was made, or tried: what the row, the event and a ticket without a row keep of it.</summary>
internal sealed record SignInFacts
{
    public static SignInFacts Unknown { get; } = new();

    [JsonPropertyName("method")]
    public string Method { get; init; } = SignInMethod.Unknown;

    [JsonPropertyName("provider")]
    public string? Provider { get; init; }

    [JsonPropertyName("factor")]
    public string? SecondFactor { get; init; }

    [JsonPropertyName("detail")]
    public string? Detail { get; init; }
}
