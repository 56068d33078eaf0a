using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.Notices;

namespace Sessions.UI;

/// <summary>"This wasn't me": where the link of the mail about a new device leads. Opening it changes nothing; its form does, once.</summary>
/// <remarks>Whoever has the link needs no account here. It tells of the sign-in what the mail told, and can do nothing but end it.</remarks>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class NotMeModel : PageModel
{
    /// <summary>What the link carries.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    /// <summary>The sign-in that the link is about. Null once it was answered, or if the link is not valid.</summary>
    public UserSessionInfo? Session { get; private set; }

    /// <summary>What to do next, once the sign-in was reported.</summary>
    public NotMeNextStep? Next { get; private set; }

    /// <summary>Whether the registry can't be reached just now.</summary>
    public bool IsUnavailable { get; private set; }

    /// <summary>Asks whether to sign the device out.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page; with status 404 for a link that is used, over, changed or unknown, and 503 while the registry can't be reached.</returns>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            Session = await Notices.FindAsync(Token, cancellationToken);
            return Session is null ? Answer(StatusCodes.Status404NotFound) : Page();
        }
        catch (SessionsUnavailableException)
        {
            return Unavailable();
        }
    }

    /// <summary>Signs the device out.</summary>
    /// <returns>The page that leads on; with status 404 and 503 as for asking.</returns>
    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            if (await Notices.ReportAsync(Token) is not { } answer)
            {
                return Answer(StatusCodes.Status404NotFound);
            }

            Next = NotMeNextStep.After(answer, HttpContext);
            return Page();
        }
        catch (SessionsUnavailableException)
        {
            return Unavailable();
        }
    }

    /// <summary>Keeps the link's token out of what the page links to.</summary>
    /// <param name="context">The page's context.</param>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Response.Headers["Referrer-Policy"] = "no-referrer";

    private SessionNotices Notices => HttpContext.RequestServices.GetRequiredService<SessionNotices>();

    private PageResult Unavailable()
    {
        IsUnavailable = true;
        return Answer(StatusCodes.Status503ServiceUnavailable);
    }

    private PageResult Answer(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
