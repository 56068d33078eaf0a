using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Access;
using Sessions.UI.Words;

namespace Sessions.UI;

/// <summary>"Your devices": where the person is signed in, with a button to sign each other device out.</summary>
/// <param name="sessions">The person's own sessions.</param>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DevicesModel(ICurrentUserSessions sessions) : PageModel
{
    private const int RecentEvents = 10;

    /// <summary>The person's live sessions, this one first.</summary>
    public IReadOnlyList<UserSessionInfo> Sessions { get; private set; } = [];

    /// <summary>The newest events of the person's trail.</summary>
    public IReadOnlyList<SessionEventInfo> Events { get; private set; } = [];

    /// <summary>What the form sent just before did, told once.</summary>
    [TempData(Key = "Sessions.Status")]
    public string? Status { get; set; }

    /// <summary>Why there is nothing to show.</summary>
    public string? Alert { get; private set; }

    private SessionWords Words => HttpContext.RequestServices.GetRequiredService<SessionWords>();

    /// <summary>Shows the page.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page; with status 503 while the registry can't be reached.</returns>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            Sessions = await sessions.ListAsync(cancellationToken);
            Events = (await sessions.GetHistoryAsync(cursor: null, RecentEvents, cancellationToken)).Events;
            return Page();
        }
        catch (SessionsUnavailableException)
        {
            return Unavailable("Unavailable.Devices");
        }
    }

    /// <summary>Signs one of the person's other devices out.</summary>
    /// <param name="id">The session's id.</param>
    /// <returns>Back to the page; 404 for a session that is not theirs, is over, or is this one.</returns>
    public async Task<IActionResult> OnPostSignOutAsync(Guid id)
    {
        if (ConfirmFirst() is { } confirm)
        {
            return confirm;
        }

        try
        {
            // Whoever hangs up after asking still asked: no token of the request.
            if (await sessions.FindAsync(id, CancellationToken.None) is not { } session || !await sessions.RevokeAsync(id, CancellationToken.None))
            {
                return NotFound();
            }

            Status = Words["Result.SignedOut", Words.Device(session.Device)];
            return RedirectToPage();
        }
        catch (SessionsUnavailableException)
        {
            return Unavailable("Unavailable.SignOut");
        }
    }

    /// <summary>Signs the person out everywhere but here.</summary>
    /// <returns>Back to the page.</returns>
    public async Task<IActionResult> OnPostSignOutOthersAsync()
    {
        if (ConfirmFirst() is { } confirm)
        {
            return confirm;
        }

        try
        {
            var count = await sessions.RevokeOthersAsync(CancellationToken.None);
            Status = count == 0 ? Words["Result.NoOthers"] : Words.Count("Result.Others", count);
            return RedirectToPage();
        }
        catch (SessionsUnavailableException)
        {
            return Unavailable("Unavailable.SignOut");
        }
    }

    // Where the host requires it (ASVS 5.0, 7.5.2).
    private RedirectResult? ConfirmFirst()
    {
        var services = HttpContext.RequestServices;
        var options = services.GetRequiredService<IOptions<UserSessionOptions>>().Value.AccessConfirmation;
        return options.RequiredToSignOutDevices && !HttpContext.IsAccessConfirmed()
            ? Redirect(services.GetRequiredService<AccessConfirmation>().AddressFor(HttpContext, Url.Page(null)!)!)
            : null;
    }

    private PageResult Unavailable(string why)
    {
        Alert = Words[why];
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }
}
