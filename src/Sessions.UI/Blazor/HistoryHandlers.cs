using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.UI.History;

namespace Sessions.UI.Blazor;

/// <summary>The history as a file.</summary>
internal static class HistoryHandlers
{
    public const string Csv = "Csv";
    public const string Json = "Json";

    public static async Task<IResult?> AnswerAsync(HttpContext context, string? handler) => handler switch
    {
        _ when HttpMethods.IsPost(context.Request.Method) => Results.BadRequest(),
        Csv => await DownloadAsync(context, HistoryFormat.Csv),
        Json => await DownloadAsync(context, HistoryFormat.Json),
        _ => null,
    };

    private static async Task<IResult?> DownloadAsync(HttpContext context, HistoryFormat format)
    {
        var services = context.RequestServices;
        try
        {
            return await HistoryDownload.BeginAsync(
                services.GetRequiredService<ICurrentUserSessions>(), HistoryAddress.Read(context.Request.Query), format,
                services.GetRequiredService<TimeProvider>(), context.RequestAborted);
        }
        catch (SessionsUnavailableException)
        {
            return null; // the page says so: it can't read it either
        }
    }
}
