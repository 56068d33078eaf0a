using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Limits;
using Sessions.UI.SignIn;

namespace Sessions.UI.Blazor;

/// <summary>The forms of the page that asks who signs in on one device too many.</summary>
internal static class LimitHandlers
{
    public const string Decline = "Decline";

    public static async Task<IResult?> AnswerAsync(HttpContext context, string? handler)
    {
        var choices = context.RequestServices.GetRequiredService<SignInChoices>();
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return Show(context, await choices.FindAsync());
        }

        if (handler == Decline)
        {
            await choices.DeclineAsync();
            return Results.LocalRedirect(LoginAddress.Of(context.RequestServices));
        }

        var choice = await choices.GoOnAsync([.. PageVisit.Of(context).Form["sessions"].Select(id => Guid.TryParse(id, out var session) ? session : Guid.Empty)]);
        return choice.IsDone ? Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(choice.ReturnUrl) ? choice.ReturnUrl! : "~/") : Show(context, choice);
    }

    private static IResult? Show(HttpContext context, SignInChoice choice)
    {
        PageVisit.Of(context).Outcome = choice;
        if (choice.IsGone)
        {
            context.ShowAsNotFound();
        }

        return null;
    }
}
