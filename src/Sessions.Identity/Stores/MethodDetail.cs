using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sessions.Identity.Stores;

/// <summary>Details of a sign-in's method, kept as JSON: the second factor, tags of the host.</summary>
internal sealed record MethodDetail
{
    [JsonPropertyName("secondFactor")]
    public string? SecondFactor { get; init; }

    public static string? Write(string? secondFactor) =>
        secondFactor is null ? null : JsonSerializer.Serialize(new MethodDetail { SecondFactor = secondFactor }, StoredJson.Default.MethodDetail);

    public static string? SecondFactorOf(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, StoredJson.Default.MethodDetail)?.SecondFactor;
        }
        catch (JsonException)
        {
            // A host may write its own details there: then no second factor is told.
            return null;
        }
    }
}
