using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.UI.Forms;

namespace Sessions.UI.Blazor;

/// <summary>The forms of the page of devices.</summary>
internal static class DevicesHandlers
{
    public const string SignOut = "SignOut";
    public const string SignOutOthers = "SignOutOthers";

    public static async Task<IResult?> AnswerAsync(HttpContext context, string? handler)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return null;
        }

        var forms = context.RequestServices.GetRequiredService<DeviceForms>();
        var page = context.PathOf(SessionsPage.DevicesRoute);
        return handler switch
        {
            SignOut => Answer(context, page, await SignOutAsync(context, forms, page)),
            SignOutOthers => Answer(context, page, await forms.SignOutOthersAsync(context, page)),
            _ => Results.BadRequest(),
        };
    }

    private static async Task<FormAnswer> SignOutAsync(HttpContext context, DeviceForms forms, string page) =>
        Guid.TryParse(context.Sent("id"), out var id) ? await forms.SignOutAsync(context, page, id) : FormAnswer.NotFound;

    private static IResult? Answer(HttpContext context, string page, FormAnswer answer)
    {
        if (context.ShowsAlertOf(answer))
        {
            return null;
        }

        if (answer.IsNotFound)
        {
            return Results.NotFound();
        }

        if (answer.Status is { } status)
        {
            StatusCookie.Write(context, status);
        }

        return Results.Redirect(answer.Before ?? page);
    }
}
