using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Access;
using Sessions.UI.Words;

namespace Sessions.UI.Forms;

/// <summary>What the forms of the page of devices do, on a Razor Page as on a Blazor page.</summary>
internal sealed class DeviceForms(ICurrentUserSessions sessions, SessionWords words)
{
    /// <summary>Signs one of the person's other devices out.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page that the form is on.</param>
    /// <param name="id">The session; one that is not theirs, is over, or is this one is not found.</param>
    public Task<FormAnswer> SignOutAsync(HttpContext context, string page, Guid id) => AnswerAsync(context, page, async () =>
    {
        // Whoever hangs up after asking still asked: no token of the request.
        return await sessions.FindAsync(id, CancellationToken.None) is { } session && await sessions.RevokeAsync(id, CancellationToken.None)
            ? FormAnswer.Done(words["Result.SignedOut", words.Device(session.Device)])
            : FormAnswer.NotFound;
    });

    /// <summary>Signs the person out everywhere but here.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page that the form is on.</param>
    public Task<FormAnswer> SignOutOthersAsync(HttpContext context, string page) => AnswerAsync(context, page, async () =>
    {
        var count = await sessions.RevokeOthersAsync(CancellationToken.None);
        return FormAnswer.Done(count == 0 ? words["Result.NoOthers"] : words.Count("Result.Others", count));
    });

    private async Task<FormAnswer> AnswerAsync(HttpContext context, string page, Func<Task<FormAnswer>> act)
    {
        if (MustConfirm(context))
        {
            return FormAnswer.GoFirst(context.RequestServices.GetRequiredService<AccessConfirmation>().AddressFor(context, page)!);
        }

        try
        {
            return await act();
        }
        catch (SessionsUnavailableException)
        {
            return FormAnswer.Unavailable(words["Unavailable.SignOut"]);
        }
    }

    // Where the host requires it (ASVS 5.0, 7.5.2).
    private static bool MustConfirm(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<UserSessionOptions>>().Value.AccessConfirmation.RequiredToSignOutDevices
        && !context.IsAccessConfirmed();
}
