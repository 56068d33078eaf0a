using System.Text.Json.Serialization;

namespace Sessions.Identity.SignIn;

/// <summary>What a ticket without a row carries until it is adopted, so that a renewal of its cookie in the meantime makes no other session of it.</summary>
internal sealed record TicketSeed
{
    /// <summary>The key that the ticket gets once its row is written. Until then it opens nothing.</summary>
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    /// <summary>When the ticket was first issued: a renewal must not make it younger than a decision about all sessions. Null if it didn't say.</summary>
    [JsonPropertyName("issued")]
    public DateTimeOffset? IssuedAt { get; init; }
}
