using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Sessions.Identity;

namespace Sessions.UI.History;

/// <summary>Hands out a history as a file while it is read, so that a long one takes no memory.</summary>
/// <remarks>When reading fails half-way, the connection is cut: a file that ends too soon must not look whole.</remarks>
internal sealed class HistoryDownload(IAsyncEnumerable<SessionEventInfo> events, HistoryFormat format, DateTimeOffset now) : IActionResult
{
    private const int LinesPerWrite = 100;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var (type, extension) = format is HistoryFormat.Csv ? ("text/csv; charset=utf-8", "csv") : ("application/json", "json");
        response.ContentType = type;
        response.Headers[HeaderNames.ContentDisposition] = FormattableString.Invariant($"attachment; filename=login-history-{now:yyyy-MM-dd}.{extension}");
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";

        var gone = context.HttpContext.RequestAborted;
        return format is HistoryFormat.Csv
            ? WriteLinesAsync(response, gone)
            : JsonSerializer.SerializeAsync(response.Body, events.Select(HistoryEntry.Of), _json, gone);
    }

    // The byte order mark is what tells a spreadsheet that this is UTF-8.
    private async Task WriteLinesAsync(HttpResponse response, CancellationToken gone)
    {
        var lines = new StringBuilder("\uFEFF").Append(CsvLine.Of(HistoryEntry.Names));
        var waiting = 0;
        await foreach (var item in events.WithCancellation(gone))
        {
            lines.Append(CsvLine.Of(HistoryEntry.Of(item).Values));
            if (++waiting == LinesPerWrite)
            {
                await WriteAsync();
                waiting = 0;
            }
        }

        await WriteAsync();

        async Task WriteAsync()
        {
            await response.WriteAsync(lines.ToString(), gone);
            lines.Clear();
        }
    }
}

/// <summary>What sort of file.</summary>
internal enum HistoryFormat
{
    Csv,
    Json,
}
