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
internal sealed class HistoryDownload(IAsyncEnumerable<SessionEventInfo> events, HistoryFormat format, DateTimeOffset now) : IActionResult, IResult
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Begins a download.</summary>
    /// <exception cref="SessionsUnavailableException">The registry can't be reached: once the file has begun, there is no other answer.</exception>
    public static async Task<HistoryDownload> BeginAsync(
        ICurrentUserSessions sessions, SessionHistoryFilter filter, HistoryFormat format, TimeProvider clock, CancellationToken cancellationToken)
    {
        await sessions.FilterHistoryAsync(filter, cursor: null, pageSize: 1, cancellationToken);
        return new HistoryDownload(sessions.ReadHistoryAsync(filter, cancellationToken), format, clock.GetUtcNow());
    }

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var name = FormattableString.Invariant($"login-history-{now:yyyy-MM-dd}");
        if (format is HistoryFormat.Csv)
        {
            return new CsvDownload(name, HistoryEntry.Names, events.Select(item => HistoryEntry.Of(item).Values)).ExecuteAsync(httpContext);
        }

        var response = httpContext.Response;
        response.ContentType = "application/json";
        response.Headers[HeaderNames.ContentDisposition] = $"attachment; filename={name}.json";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return JsonSerializer.SerializeAsync(response.Body, events.Select(HistoryEntry.Of), _json, httpContext.RequestAborted);
    }
}

/// <summary>What sort of file.</summary>
internal enum HistoryFormat
{
    Csv,
    Json,
}
