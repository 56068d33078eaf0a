using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Devices;

/// <summary>The headers beside the user agent that tell of a device: which they are, how they are captured, and how they are kept.</summary>
internal static class ClientHintHeaders
{
    /// <summary>What fits the column that keeps them.</summary>
    private const int MostJson = EntityFrameworkCore.ColumnLengths.ClientHints;

    /// <summary>What a browser honestly sends is well below it; a longer value is not captured, since the half of it could mislead.</summary>
    private const int LongestValue = 256;

    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The names of the headers, those that tell most first: if all don't fit, the last are left out.</summary>
    public static IReadOnlyList<string> Captured { get; } =
    [
        "X-Client-Platform",
        "X-Client-Version",
        "X-Client-Build",
        "X-Client-OS",
        "Sec-CH-UA-Platform",
        "Sec-CH-UA-Platform-Version",
        "Sec-CH-UA-Model",
        "Sec-CH-UA-Mobile",
        "Sec-CH-UA",
        "Sec-CH-UA-Form-Factors",
        "Sec-CH-UA-Full-Version-List",
    ];

    private static readonly FrozenSet<string> _names = Captured.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsCaptured(string name) => _names.Contains(name);

    /// <summary>Takes them from a request.</summary>
    /// <returns>The values by header name, without regard to case. Empty when there are none.</returns>
    public static IReadOnlyDictionary<string, string> Capture(IHeaderDictionary headers)
    {
        ArgumentNullException.ThrowIfNull(headers);

        var captured = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Captured)
        {
            var value = headers[name].ToString();
            if (value.Length is > 0 and <= LongestValue)
            {
                captured[name] = value;
            }
        }

        return captured;
    }

    /// <summary>The form in which they are kept: a JSON object that fits its column, or <see langword="null"/> for none.</summary>
    public static string? ToJson(IReadOnlyDictionary<string, string> captured)
    {
        ArgumentNullException.ThrowIfNull(captured);

        var kept = new Dictionary<string, string>();
        var json = (string?)null;
        foreach (var name in Captured.Where(captured.ContainsKey))
        {
            kept[name] = captured[name];
            var longer = JsonSerializer.Serialize(kept, _plain);
            if (longer.Length > MostJson)
            {
                kept.Remove(name);
                continue;
            }

            json = longer;
        }

        return json;
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote. What is no such JSON reads as no headers.</summary>
    public static IReadOnlyDictionary<string, string> FromJson(string? json)
    {
        var captured = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(json))
        {
            return captured;
        }

        try
        {
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [])
            {
                if (IsCaptured(name) && value is { Length: <= LongestValue })
                {
                    captured[name] = value;
                }
            }
        }
        catch (JsonException)
        {
            captured.Clear();
        }

        return captured;
    }
}
