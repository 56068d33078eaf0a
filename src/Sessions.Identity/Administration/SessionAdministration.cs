using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sessions.Identity.Events;
using Sessions.Identity.Locations;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Administration;

/// <summary>What operators see, across users. The managers' and the pages' common ground.</summary>
internal sealed class SessionAdministration(
    ISessionAdministrationStore store, UserSessions sessions, TicketUser ticketUser, ILookupNormalizer normalizer, HookQueue hooks, IOptions<UserSessionOptions> options, TimeProvider time)
{
    private const int MostPerPage = 200;
    private const int MostUsers = 25;
    private const int MostInTables = 10;
    private const int LongestText = 256;
    private const int HoursShown = 24;

    // What stands between browser and app gives up after 30 seconds or more, as it comes.
    private static readonly TimeSpan _longestLook = TimeSpan.FromSeconds(20);

    /// <summary>The network as addresses are kept here: what an operator asks of one address is answered for all that it can't be told from.</summary>
    public IPNetwork Kept(IPNetwork network) => IpNetworks.Kept(network, options.Value.IpAddressMode);

    public async Task<IReadOnlyList<SessionUser>> FindUsersAsync(string text, CancellationToken cancellationToken) =>
        Wanted(text) is { } wanted ? await UserSessions.AskAsync(() => store.FindUsersAsync(wanted, MostUsers, cancellationToken)) : [];

    /// <summary>Finds whom an operator means by an id, a name or an address.</summary>
    /// <returns>The user, or <see langword="null"/> if it is nobody's, or more than one's: addresses may be.</returns>
    public async Task<SessionUser?> FindMeantAsync(string text, CancellationToken cancellationToken) =>
        Wanted(text) is { } wanted && await UserSessions.AskAsync(() => store.FindUsersExactlyAsync(wanted, 2, cancellationToken)) is [var only] ? only : null;

    public async Task<SessionUser?> FindUserAsync(string? userId, CancellationToken cancellationToken) =>
        userId is { Length: > 0 and <= 450 } id ? await UserSessions.AskAsync(() => store.FindUserAsync(id, cancellationToken)) : null;

    public Task<IReadOnlyDictionary<string, string>> NamesOfAsync(IEnumerable<string?> userIds, CancellationToken cancellationToken) =>
        UserSessions.AskAsync(() => store.NamesOfAsync([.. userIds.OfType<string>()], cancellationToken));

    public async Task<SessionHistoryPage> SearchEventsAsync(SessionEventSearch search, string? cursor, int pageSize, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(pageSize, 1, MostPerPage);
        var asked = search with { Network = search.Network is { } network ? Kept(network) : null };
        var found = await UserSessions.AskAsync(() => store.SearchEventsAsync(asked, HistoryCursor.Parse(cursor), count, cancellationToken));
        return new SessionHistoryPage
        {
            Events = [.. found.Rows.Select(Shown)],
            NextCursor = found.Next?.ToString(),
            LookedBackTo = found.LookedBackTo,
        };
    }

    /// <summary>Looks further back, page by page, until one has something on it, there is nothing more, or it takes too long.</summary>
    public Task<SessionHistoryPage> SearchEventsFurtherAsync(SessionEventSearch search, string? cursor, int pageSize, CancellationToken cancellationToken) =>
        LookFurtherAsync(cursor, from => SearchEventsAsync(search, from, pageSize, cancellationToken), page => page.Events.Count == 0 ? page.NextCursor : null);

    /// <summary>Finds the newest failures typed against identities that are a person's own, as the person sees them too.</summary>
    public async Task<IReadOnlyList<SessionEventInfo>> FailuresOfAsync(string userId, int count, CancellationToken cancellationToken)
    {
        var filter = new SessionHistoryFilter { Group = SessionEventGroup.Failed };
        var page = await sessions.GetHistoryAsync(userId, filter, cursor: null, count, cancellationToken);
        return [.. page.Events.Select(Shown)];
    }

    public async IAsyncEnumerable<SessionEventInfo> ReadEventsAsync(SessionEventSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await SearchEventsAsync(search, cursor, MostPerPage, cancellationToken);
            foreach (var sessionEvent in page.Events)
            {
                yield return sessionEvent;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    public async Task<UserSessionPage> SearchSessionsAsync(UserSessionSearch search, string? cursor, int pageSize, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(pageSize, 1, MostPerPage);
        var found = await UserSessions.AskAsync(() => store.SearchSessionsAsync(Kept(search), HistoryCursor.Parse(cursor), count, cancellationToken));
        return new UserSessionPage
        {
            Sessions = [.. found.Rows.Select(Shown)],
            NextCursor = found.Next?.ToString(),
            LookedBackTo = found.LookedBackTo,
        };
    }

    /// <summary>Looks further back in the same way.</summary>
    public Task<UserSessionPage> SearchSessionsFurtherAsync(UserSessionSearch search, string? cursor, int pageSize, CancellationToken cancellationToken) =>
        LookFurtherAsync(cursor, from => SearchSessionsAsync(search, from, pageSize, cancellationToken), page => page.Sessions.Count == 0 ? page.NextCursor : null);

    public async Task<UserSessionInfo?> FindSessionAsync(Guid id, CancellationToken cancellationToken) =>
        await UserSessions.AskAsync(() => store.FindSessionAsync(id, cancellationToken)) is { } session ? Shown(session) : null;

    /// <summary>Counts what would be ended: live sessions, but the one that asks.</summary>
    public Task<SessionCount> CountAsync(UserSessionSearch search, CancellationToken cancellationToken) =>
        UserSessions.AskAsync(() => store.CountAsync(Kept(search), sessions.CurrentId, cancellationToken));

    /// <summary>Counts the same as far as it tells an operator something, and whether there may be more than can be counted at once.</summary>
    public Task<(SessionCount Count, bool AreMore)> CountSomeAsync(UserSessionSearch search, CancellationToken cancellationToken) =>
        UserSessions.AskAsync(() => store.CountSomeAsync(Kept(search), sessions.CurrentId, cancellationToken));

    public async Task<SessionOverview> GetOverviewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var first = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(1 - HoursShown);
        var counted = await UserSessions.AskAsync(() => store.CountHoursAsync(first, cancellationToken));
        var sources = await UserSessions.AskAsync(() => store.FindSourcesAsync(first, MostInTables, cancellationToken));
        return new SessionOverview
        {
            Hours = [.. Enumerable.Range(0, HoursShown).Select(hour => first.AddHours(hour))
                .Select(start => counted.FirstOrDefault(hour => hour.Start == start) ?? new SessionHour(start, 0, 0, 0, 0, 0))],
            Sources = [.. sources.Select(source => source with { IpAddress = Shown(source.IpAddress) })],
            Targets = await UserSessions.AskAsync(() => store.FindTargetsAsync(first, MostInTables, cancellationToken)),
        };
    }

    /// <summary>Writes that an operator looks at somebody's trail, where the host wants that. It must be written before anything is shown.</summary>
    public async Task RecordViewAsync(string userId, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var actor = ActorOf(principal);
        if (!options.Value.Administration.RecordTrailViews || actor == userId)
        {
            return;
        }

        var now = time.GetUtcNow();
        var viewed = new SessionEventDescriptor
        {
            Id = Guid.CreateVersion7(now),
            Kind = SessionEventKind.TrailViewed,
            OccurredAt = now,
            UserId = userId,
            Origin = new SessionOrigin { IsNamed = false }, // where support sits is not the person's to know
            WriteKey = $"view:{SecretDigest.Of(FormattableString.Invariant($"{actor}\n{userId}\n{now:yyyyMMddHH}"))}",
        };
        if (await UserSessions.AskAsync(() => store.RecordViewAsync(viewed, actor, cancellationToken)))
        {
            hooks.Publish(viewed);
        }
    }

    private async Task<TPage> LookFurtherAsync<TPage>(string? cursor, Func<string?, Task<TPage>> look, Func<TPage, string?> goesOn)
    {
        var started = time.GetTimestamp();
        var page = await look(cursor);
        while (goesOn(page) is { } next && time.GetElapsedTime(started) < _longestLook)
        {
            page = await look(next);
        }

        return page;
    }

    // As the app compares them, which may be in a way of its own.
    private WantedUser? Wanted(string text) => text.Trim() is { Length: > 0 and <= LongestText } wanted
        ? new WantedUser(wanted, normalizer.NormalizeName(wanted) ?? wanted, normalizer.NormalizeEmail(wanted) ?? wanted)
        : null;

    /// <summary>Who acts, for the trail: the user's id, else the name that the app's authentication gives them.</summary>
    public string? ActorOf(ClaimsPrincipal principal) => ticketUser.IdOf(principal) ?? principal.Identity?.Name;

    internal UserSessionSearch Kept(UserSessionSearch search) => search with { Network = search.Network is { } network ? Kept(network) : null };

    private SessionEventInfo Shown(SessionEventInfo sessionEvent) =>
        sessionEvent with { IpAddress = Shown(sessionEvent.IpAddress), IsCurrent = sessionEvent.SessionId is { } id && id == sessions.CurrentId };

    private UserSessionInfo Shown(UserSessionInfo session) =>
        sessions.Seen(session) with { IpAddress = Shown(session.IpAddress), LastSeenIpAddress = Shown(session.LastSeenIpAddress) };

    // What was kept before the host chose to cut addresses is cut where it is shown.
    private string? Shown(string? ipAddress) => options.Value.IpAddressMode == IpAddressMode.Truncated
        ? ClientAddress.Normalize(ClientAddress.Parse(ipAddress), IpAddressMode.Truncated)?.ToString()
        : ipAddress;
}
