using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Sessions.Identity;

namespace Sessions.UI.History;

/// <summary>Hands out a history as a file while it is read, so that a long one takes no memory.</summary>
/// <remarks>When reading fails half-way, the connection is cut: a file that ends too soon must not look whole.</remarks>
internal sealed class HistoryDownload(IAsyncEnumerable<SessionEventInfo> events, HistoryFormat format, DateTimeOffset now) : IActionResult
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public Task ExecuteResultAsync(ActionContext context)
    {
        var name = FormattableString.Invariant($"login-history-{now:yyyy-MM-dd}");
        if (format is HistoryFormat.Csv)
        {
            return new CsvDownload(name, HistoryEntry.Names, events.Select(item => HistoryEntry.Of(item).Values)).ExecuteResultAsync(context);
        }

        var response = context.HttpContext.Response;
        response.ContentType = "application/json";
        response.Headers[HeaderNames.ContentDisposition] = $"attachment; filename={name}.json";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return JsonSerializer.SerializeAsync(response.Body, events.Select(HistoryEntry.Of), _json, context.HttpContext.RequestAborted);
    }
}

/// <summary>What sort of file.</summary>
internal enum HistoryFormat
{
    Csv,
    Json,
}
