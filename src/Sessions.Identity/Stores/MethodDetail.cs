using System.Text.Json;
using System.Text.Json.Serialization;
using Sessions.Identity.EntityFrameworkCore;

namespace Sessions.Identity.Stores;

/// <summary>Details of a sign-in's method, kept as JSON: the second factor, and what else is known or was tagged by the host.</summary>
internal sealed record MethodDetail
{
    // Two of them, each character escaped at worst, fit the column: a cut document would be none.
    private const int MostOfEach = 80;

    private static readonly MethodDetail _none = new();

    [JsonPropertyName("secondFactor")]
    public string? SecondFactor { get; init; }

    [JsonPropertyName("detail")]
    public string? Detail { get; init; }

    public static string? Write(string? secondFactor, string? detail) =>
        secondFactor is null && detail is null ? null : JsonSerializer.Serialize(
            new MethodDetail { SecondFactor = ColumnLengths.Cut(secondFactor, MostOfEach), Detail = ColumnLengths.Cut(detail, MostOfEach) },
            StoredJson.Default.MethodDetail);

    public static string? SecondFactorOf(string? json) => Read(json).SecondFactor;

    public static string? DetailOf(string? json) => Read(json).Detail;

    private static MethodDetail Read(string? json)
    {
        if (json is null)
        {
            return _none;
        }

        try
        {
            return JsonSerializer.Deserialize(json, StoredJson.Default.MethodDetail) ?? _none;
        }
        catch (JsonException)
        {
            // A host may write its own details there: then nothing is told of them.
            return _none;
        }
    }
}
