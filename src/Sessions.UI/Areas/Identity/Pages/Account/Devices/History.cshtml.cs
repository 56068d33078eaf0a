using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sessions.Identity;

namespace Sessions.UI;

/// <summary>"Login history": the person's whole trail, page by page, newest first.</summary>
/// <param name="sessions">The person's own sessions.</param>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DevicesHistoryModel(ICurrentUserSessions sessions) : PageModel
{
    private const int EventsPerPage = 25;

    /// <summary>Where this page begins: <see cref="NextCursor"/> of the page before. Null for the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>The events of this page.</summary>
    public IReadOnlyList<SessionEventInfo> Events { get; private set; } = [];

    /// <summary>Where the next page begins, or null on the last one.</summary>
    public string? NextCursor { get; private set; }

    /// <summary>Whether the registry can't be reached just now.</summary>
    public bool IsUnavailable { get; private set; }

    /// <summary>Shows the page.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page; with status 503 while the registry can't be reached.</returns>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var page = await sessions.GetHistoryAsync(Cursor, EventsPerPage, cancellationToken);
            (Events, NextCursor) = (page.Events, page.NextCursor);
        }
        catch (SessionsUnavailableException)
        {
            IsUnavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }
}
