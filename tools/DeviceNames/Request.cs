using System.Text.Json;

namespace Sessions.DeviceNames;

/// <summary>A line of the input.</summary>
internal sealed record Request(string? UserAgent, IReadOnlyDictionary<string, string> Headers)
{
    /// <exception cref="JsonException">The line is no JSON object of that form.</exception>
    public static Request Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The line is not a JSON object.");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (json.RootElement.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject().Where(header => header.Value.ValueKind == JsonValueKind.String))
            {
                headers[header.Name] = header.Value.GetString()!;
            }
        }

        var userAgent = json.RootElement.TryGetProperty("ua", out var ua) && ua.ValueKind == JsonValueKind.String ? ua.GetString() : null;
        return new Request(userAgent, headers);
    }
}
