using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.UI.History;

namespace Sessions.UI;

/// <summary>"Login history": the person's trail, page by page, newest first, as a whole or in part, and as a file.</summary>
/// <param name="sessions">The person's own sessions.</param>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DevicesHistoryModel(ICurrentUserSessions sessions) : PageModel
{
    internal const int EventsPerPage = 25;

    /// <summary>Where this page begins: <see cref="NextCursor"/> of the page before. Null for the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>Which events are wanted.</summary>
    [BindProperty(SupportsGet = true)]
    public SessionEventGroup Show { get; set; }

    /// <summary>The first day that is wanted, in UTC.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>The last day that is wanted, in UTC.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>What is wanted, as the address says it.</summary>
    public SessionHistoryFilter Filter => HistoryAddress.Read(Show, From, To);

    /// <summary>The events of this page.</summary>
    public IReadOnlyList<SessionEventInfo> Events { get; private set; } = [];

    /// <summary>Where the next page begins, or null on the last one.</summary>
    public string? NextCursor { get; private set; }

    /// <summary>Sign-ins and failures of the last 90 days, the oldest first. Read for the newest page only.</summary>
    public IReadOnlyList<SignInDay> Days { get; private set; } = [];

    /// <summary>Whether the registry can't be reached just now.</summary>
    public bool IsUnavailable { get; private set; }

    /// <summary>The filter and what is given, as route values of a link to this page.</summary>
    /// <param name="cursor">Where that page begins.</param>
    /// <returns>The values.</returns>
    public IDictionary<string, string?> RouteTo(string? cursor = null)
    {
        // Without a value of its own, a link keeps what the page's own address has.
        var route = new Dictionary<string, string?> { [HistoryAddress.Show] = null, [HistoryAddress.From] = null, [HistoryAddress.To] = null, [HistoryAddress.Cursor] = cursor };
        foreach (var (name, value) in HistoryAddress.QueryOf(Filter))
        {
            route[name] = value;
        }

        return route;
    }

    /// <summary>Shows the page.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page; with status 503 while the registry can't be reached.</returns>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var page = await sessions.FilterHistoryAsync(Filter, Cursor, EventsPerPage, cancellationToken);
            (Events, NextCursor) = (page.Events, page.NextCursor);
            Days = Cursor is null ? await sessions.ReadDaysAsync(cancellationToken) : [];
            return Page();
        }
        catch (SessionsUnavailableException)
        {
            return Unavailable();
        }
    }

    /// <summary>Hands out what is wanted as a CSV file.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The file; the page with status 503 while the registry can't be reached.</returns>
    public Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken) => DownloadAsync(HistoryFormat.Csv, cancellationToken);

    /// <summary>Hands out what is wanted as a JSON file.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The file; the page with status 503 while the registry can't be reached.</returns>
    public Task<IActionResult> OnGetJsonAsync(CancellationToken cancellationToken) => DownloadAsync(HistoryFormat.Json, cancellationToken);

    private async Task<IActionResult> DownloadAsync(HistoryFormat format, CancellationToken cancellationToken)
    {
        try
        {
            var clock = HttpContext.RequestServices.GetRequiredService<TimeProvider>();
            return await HistoryDownload.BeginAsync(sessions, Filter, format, clock, cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            return Unavailable();
        }
    }

    private PageResult Unavailable()
    {
        IsUnavailable = true;
        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Page();
    }
}
