using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.SignIn;
using Sessions.UI.Words;

namespace Sessions.UI.PersonalData;

/// <summary>Puts a person's sessions and login history into the file that Identity UI's "Download your personal data" page hands out.</summary>
internal sealed class PersonalDataFilter : IAsyncPageFilter
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        if (executed is { Exception: null, Result: FileContentResult file } && Read(file) is { } document)
        {
            await AddAsync(context.HttpContext, document);
            executed.Result = new FileContentResult(JsonSerializer.SerializeToUtf8Bytes(document, _indented), file.ContentType) { FileDownloadName = file.FileDownloadName };
        }
    }

    // A page of the app's own may hand out something else.
    private static JsonObject? Read(FileContentResult file)
    {
        try
        {
            return file.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase) ? JsonNode.Parse(file.FileContents) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The rest of the file is worth having even when this part can't be read. It says so then.
    private static async Task AddAsync(HttpContext context, JsonObject document)
    {
        if (UserIdOf(context) is not { } userId)
        {
            return;
        }

        try
        {
            var data = await context.RequestServices.GetRequiredService<UserSessions>().GetPersonalDataAsync(userId, context.RequestAborted);
            document["Sessions"] = JsonSerializer.SerializeToNode(data.Sessions);
            document["LoginHistory"] = JsonSerializer.SerializeToNode(data.LoginHistory);
        }
        catch (SessionsUnavailableException)
        {
            document["Sessions"] = context.RequestServices.GetRequiredService<SessionWords>()["Unavailable.PersonalData"];
        }
    }

    private static string? UserIdOf(HttpContext context) =>
        context.User is ClaimsPrincipal { Identity.IsAuthenticated: true } user ? context.RequestServices.GetRequiredService<TicketUser>().IdOf(user) : null;
}
