using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Access;
using Sessions.UI.Forms;

namespace Sessions.UI.Blazor;

/// <summary>The forms that ask for credentials once more.</summary>
internal static class ConfirmAccessHandlers
{
    public const string Password = "Password";
    public const string Passkey = "Passkey";
    public const string PasskeyOptions = "PasskeyOptions";
    public const string External = "External";

    public static async Task<IResult?> AnswerAsync(HttpContext context, string? handler)
    {
        LoadWhole(context);
        var services = context.RequestServices;
        var credentials = services.GetRequiredService<IAccessCredentials>();
        var forms = services.GetRequiredService<AccessForms>();
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return (handler == External ? Answer(context, await forms.CheckExternalAsync(context)) : null) ?? await FindAsync(context, credentials);
        }

        var form = PageVisit.Of(context).Form;
        return handler switch
        {
            Password => Answer(context, await forms.CheckPasswordAsync(context, form["password"])) ?? await FindAsync(context, credentials),
            Passkey => Answer(context, await forms.CheckPasskeyAsync(context, form["credential"])) ?? await FindAsync(context, credentials),
            PasskeyOptions => await credentials.MakePasskeyOptionsAsync(context.User) is { } options ? Results.Content(options, "application/json") : Results.NotFound(),
            External => await ChallengeAsync(context, credentials, form["provider"]),
            _ => Results.BadRequest(),
        };
    }

    /// <summary>Where the person goes on to, as the address says it or the form does.</summary>
    public static string? ReturnUrl(HttpContext context) => context.Sent("ReturnUrl");

    // Where Blazor's script puts a page into the one that is there, the page's own script does not run, and the passkey's button would stay hidden.
    private static void LoadWhole(HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.Headers.Remove("blazor-enhanced-nav");
        return Task.CompletedTask;
    });

    // Who has no account any more has nothing to confirm.
    private static async Task<IResult?> FindAsync(HttpContext context, IAccessCredentials credentials)
    {
        PageVisit.Of(context).Outcome = await credentials.FindAsync(context.User);
        return PageVisit.Of(context).Outcome is null ? Results.NotFound() : null;
    }

    private static async Task<IResult> ChallengeAsync(HttpContext context, IAccessCredentials credentials, string? provider)
    {
        var back = QueryHelpers.AddQueryString(context.PathOf(SessionsPage.ConfirmAccessRoute), "handler", External);
        back = ReturnUrl(context) is { } returnUrl ? QueryHelpers.AddQueryString(back, "ReturnUrl", returnUrl) : back;
        return provider is not null && await credentials.PrepareExternalAsync(context.User, provider, back) is { } properties
            ? Results.Challenge(properties, [provider])
            : Results.NotFound();
    }

    private static IResult? Answer(HttpContext context, FormAnswer answer)
    {
        if (context.ShowsAlertOf(answer))
        {
            return null;
        }

        var returnUrl = ReturnUrl(context);
        return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl! : "~/");
    }
}
