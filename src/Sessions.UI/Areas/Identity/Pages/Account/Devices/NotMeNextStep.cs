using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Notices;
using Sessions.Identity.SignIn;

namespace Sessions.UI;

/// <summary>What a person does after they reported a sign-in: the key by which somebody else got in is changed first.</summary>
/// <param name="Advice">The name of the text that says what to do.</param>
/// <param name="Page">The page of the Identity area to go to.</param>
/// <param name="Link">The name of the link's text.</param>
/// <param name="Providers">By what the person signs in, where they have no password here.</param>
public sealed record NotMeNextStep(string Advice, string Page, string Link, string Providers = "")
{
    // Whoever follows the link is trusted with no account: only who is signed in to it goes on to its own pages.
    internal static NotMeNextStep After(NoticeAnswer answer, HttpContext context) => For(
        answer.Keys, isSignedIn: !answer.EndedCurrent && answer.UserId == context.RequestServices.GetRequiredService<TicketUser>().IdOf(context.User));

    internal static NotMeNextStep For(AccountKeys keys, bool isSignedIn)
    {
        if (keys.HasPassword)
        {
            return isSignedIn
                ? new NotMeNextStep("NotMe.ChangePassword", "/Account/Manage/ChangePassword", "NotMe.ChangePasswordLink")
                : new NotMeNextStep("NotMe.ResetPassword", "/Account/ForgotPassword", "NotMe.ResetPasswordLink");
        }

        var (page, link) = isSignedIn ? ("/Account/Manage/ExternalLogins", "NotMe.LoginsLink") : ("/Account/Login", "NotMe.LoginLink");
        return keys.Providers.Count == 0
            ? new NotMeNextStep("NotMe.NoPassword", page, link)
            : new NotMeNextStep("NotMe.External", page, link, string.Join(", ", keys.Providers));
    }
}
