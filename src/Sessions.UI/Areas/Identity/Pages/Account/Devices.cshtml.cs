using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.UI.Forms;
using Sessions.UI.Words;

namespace Sessions.UI;

/// <summary>"Your devices": where the person is signed in, with a button to sign each other device out.</summary>
/// <param name="sessions">The person's own sessions.</param>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DevicesModel(ICurrentUserSessions sessions) : PageModel
{
    internal const int RecentEvents = 10;

    /// <summary>The person's live sessions, this one first.</summary>
    public IReadOnlyList<UserSessionInfo> Sessions { get; private set; } = [];

    /// <summary>The newest events of the person's trail.</summary>
    public IReadOnlyList<SessionEventInfo> Events { get; private set; } = [];

    /// <summary>What the form sent just before did, told once.</summary>
    [TempData(Key = "Sessions.Status")]
    public string? Status { get; set; }

    /// <summary>Why there is nothing to show.</summary>
    public string? Alert { get; private set; }

    private DeviceForms Forms => HttpContext.RequestServices.GetRequiredService<DeviceForms>();

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
            return Unavailable(HttpContext.RequestServices.GetRequiredService<SessionWords>()["Unavailable.Devices"]);
        }
    }

    /// <summary>Signs one of the person's other devices out.</summary>
    /// <param name="id">The session's id.</param>
    /// <returns>Back to the page; 404 for a session that is not theirs, is over, or is this one.</returns>
    public async Task<IActionResult> OnPostSignOutAsync(Guid id) => Answer(await Forms.SignOutAsync(HttpContext, Url.Page(null)!, id));

    /// <summary>Signs the person out everywhere but here.</summary>
    /// <returns>Back to the page.</returns>
    public async Task<IActionResult> OnPostSignOutOthersAsync() => Answer(await Forms.SignOutOthersAsync(HttpContext, Url.Page(null)!));

    private IActionResult Answer(FormAnswer answer)
    {
        if (answer.Alert is { } alert)
        {
            return Unavailable(alert);
        }

        if (answer.IsNotFound)
        {
            return NotFound();
        }

        Status = answer.Status;
        return answer.Before is { } before ? Redirect(before) : RedirectToPage();
    }

    private PageResult Unavailable(string why)
    {
        Alert = why;
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }
}
