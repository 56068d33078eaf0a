using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.Notices;
using Sessions.Identity.SignIn;

namespace Sessions.UI.Blazor;

/// <summary>What the page shows to which the mail's link leads.</summary>
/// <param name="Session">The sign-in that the link is about.</param>
/// <param name="Next">What to do once it was reported.</param>
internal sealed record NotMeView(UserSessionInfo? Session = null, NotMeNextStep? Next = null);

/// <summary>The form of the page "This wasn't me". Opening the page changes nothing.</summary>
internal static class NotMeHandlers
{
    public static async Task<IResult?> AnswerAsync(HttpContext context, string? handler)
    {
        // Keeps the link's token out of what the page links to.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        try
        {
            var view = HttpMethods.IsPost(context.Request.Method) ? await ReportAsync(context) : await FindAsync(context);
            PageVisit.Of(context).Outcome = view;
            if (view is { Session: null, Next: null })
            {
                context.ShowAsNotFound();
            }
        }
        catch (SessionsUnavailableException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return null;
    }

    public static string? TokenOf(HttpContext context) => context.Sent("token");

    private static async Task<NotMeView> FindAsync(HttpContext context) =>
        new(await Notices(context).FindAsync(TokenOf(context), context.RequestAborted));

    private static async Task<NotMeView> ReportAsync(HttpContext context) =>
        await Notices(context).ReportAsync(TokenOf(context)) is { } answer ? new(Next: NotMeNextStep.After(answer, context)) : new();

    private static SessionNotices Notices(HttpContext context) => context.RequestServices.GetRequiredService<SessionNotices>();
}
