using Sessions.Identity;
using Sessions.Identity.Administration;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>Asks as the pages do, names included.</summary>
internal sealed record OperatorDesk(SessionAdministration Administration, OperatorPlace Place)
{
    private const int PerPage = 50;

    public async Task<string> EventsAsync(SessionEventSearch search, string? cursor)
    {
        var page = await Administration.SearchEventsAsync(search, cursor, PerPage, CancellationToken.None);
        await Administration.NamesOfAsync(page.Events.Select(row => row.UserId), CancellationToken.None);
        return $"{page.Events.Count} rows{(page.NextCursor is null ? string.Empty : "+")}";
    }

    public async Task<string> SessionsAsync(UserSessionSearch search, string? cursor)
    {
        var page = await Administration.SearchSessionsAsync(search, cursor, PerPage, CancellationToken.None);
        await Administration.NamesOfAsync(page.Sessions.Select(row => row.UserId), CancellationToken.None);
        return $"{page.Sessions.Count} rows{(page.NextCursor is null ? string.Empty : "+")}";
    }

    public async Task<string> CountAsync(UserSessionSearch search)
    {
        var (count, areMore) = await Administration.CountSomeAsync(search, CancellationToken.None);
        return $"{count.Sessions} of {count.Users}{(areMore ? "+" : string.Empty)}";
    }

    public async Task<string> FindAsync(string text) => $"{(await Administration.FindUsersAsync(text, CancellationToken.None)).Count} people";
}
