using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sessions.DeviceNames;

/// <summary>Turns a line into its answer, also where the line makes no sense.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToLine(string line, Func<Request, object> answer)
    {
        try
        {
            return JsonSerializer.Serialize(answer(Request.Parse(line)), _json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return JsonSerializer.Serialize(new { error = $"Not a request: {exception.Message}" }, _json);
        }
    }
}
