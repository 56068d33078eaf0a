using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Sessions.UI.History;

/// <summary>Hands out lines as a CSV file while they are read, so that many take no memory. What fails half-way cuts the connection.</summary>
internal sealed class CsvDownload(string name, IEnumerable<string> names, IAsyncEnumerable<string?[]> lines) : IActionResult
{
    private const int LinesPerWrite = 100;

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var gone = httpContext.RequestAborted;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers[HeaderNames.ContentDisposition] = $"attachment; filename={name}.csv";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";

        // The byte order mark is what tells a spreadsheet that this is UTF-8.
        var text = new StringBuilder("\uFEFF").Append(CsvLine.Of(names));
        var waiting = 0;
        await foreach (var line in lines.WithCancellation(gone))
        {
            text.Append(CsvLine.Of(line));
            if (++waiting == LinesPerWrite)
            {
                await response.WriteAsync(text.ToString(), gone);
                text.Clear();
                waiting = 0;
            }
        }

        await response.WriteAsync(text.ToString(), gone);
    }
}
