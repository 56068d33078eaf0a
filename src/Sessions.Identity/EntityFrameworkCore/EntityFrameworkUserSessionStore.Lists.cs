using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Administration;
using Sessions.Identity.Locations;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: the lists that operators page through. What no index has in the order of time is looked for among so many rows at once, and the page says how far it looked.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private SearchBounds Bounds => options.Value.Administration.Bounds;

    public async Task<FoundPage<SessionEventInfo>> SearchEventsAsync(
        SessionEventSearch search, HistoryCursor? after, int count, CancellationToken cancellationToken)
    {
        if (search.UserId is { } user && !TryKey(user, out _))
        {
            return FoundPage<SessionEventInfo>.Nothing;
        }

        await using var lease = contexts.Create(_searchTimeout);
        var (among, along, most) = await EventsToSearchAsync(lease.Context, search, cancellationToken);
        DateTimeOffset? end = null;
        if (along is not null)
        {
            end = await along.That(SessionEventSearch.Everything with { From = search.From, Before = search.Before }).After(after)
                .OrderByDescending(row => row.OccurredAt).Select(row => (DateTimeOffset?)row.OccurredAt).Skip(most - 1).FirstOrDefaultAsync(cancellationToken);
        }

        var events = among.That(search).After(after);
        if (end is { } from)
        {
            events = events.Where(row => row.OccurredAt >= from);
        }

        var read = await events.NewestFirst().Take(count + 1).Select(SessionProjections.Event<TEventKey>()).ToListAsync(cancellationToken);
        return FoundPage<SessionEventInfo>.Of(read, count, end, row => new HistoryCursor(row.OccurredAt, row.Id));
    }

    public async Task<FoundPage<UserSessionInfo>> SearchSessionsAsync(
        UserSessionSearch search, HistoryCursor? after, int count, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        if (Searched(lease.Context, search) is not { } among)
        {
            return FoundPage<UserSessionInfo>.Nothing;
        }

        var isScattered = false;
        if (search is { UserId: null, Network: { } network })
        {
            var inNetwork = lease.Context.FromNetwork<IdentityUserSession<TKey>>(network).OrderBy(row => row.IpAddressBytes);
            isScattered = !await inNetwork.Skip(Bounds.Network).AnyAsync(cancellationToken);
            among = (isScattered ? inNetwork.Take(Bounds.Network) : lease.Context.FromNetwork<IdentityUserSession<TKey>>(network, byIndex: false)).That(search);
        }

        // A person's sessions are few, and all of everybody's are in order.
        DateTimeOffset? end = null;
        if (search.UserId is null && !isScattered && search with { From = null, Before = null } != new UserSessionSearch { IncludeEnded = true })
        {
            end = await EndOfLookAsync(lease.Context, search, after, cancellationToken);
        }

        var sessions = among.After(after);
        if (end is { } from)
        {
            sessions = sessions.Where(row => row.CreatedAt >= from);
        }

        if (!search.IncludeEnded)
        {
            sessions = sessions.ThatCanBeValid(options.Value.Cutoffs(time.GetUtcNow()));
        }

        var read = await sessions
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Take(count + 1)
            .Select(SessionProjections.Session<TKey>())
            .ToListAsync(cancellationToken);
        var page = FoundPage<UserSessionInfo>.Of(read, count, end, row => new HistoryCursor(row.CreatedAt, row.Id));
        return page with { Rows = await WithSignInsAsync(lease.Context, [.. page.Rows], cancellationToken) };
    }

    // How far back so many sessions reach as are looked through at once, if there are more.
    private Task<DateTimeOffset?> EndOfLookAsync(TContext context, UserSessionSearch search, HistoryCursor? after, CancellationToken cancellationToken) =>
        Sessions(context).That(new UserSessionSearch { From = search.From, Before = search.Before }).After(after)
            .OrderByDescending(row => row.CreatedAt).Select(row => (DateTimeOffset?)row.CreatedAt).Skip((search.Network is null ? Bounds.Sessions : Bounds.AlongNetwork) - 1).FirstOrDefaultAsync(cancellationToken);

    // The rows that may be what is looked for; and the order along which, and how far, they are looked for, if that is not the order in which they lie.
    private async Task<(IQueryable<IdentitySessionEvent<TEventKey>> Among, IQueryable<IdentitySessionEvent<TEventKey>>? Along, int Most)> EventsToSearchAsync(
        TContext context, SessionEventSearch search, CancellationToken cancellationToken)
    {
        var all = Events(context);
        var among = search.Network is { } network ? context.FromNetwork<IdentitySessionEvent<TEventKey>>(network) : all;
        if (search.UserId is { } user)
        {
            return (among.OfUser(user), Unless(search with { UserId = null }, all.OfUser(user)), Bounds.Named);
        }

        if (search.Identity is not null)
        {
            return (among, Unless(search with { Identity = null }, all.That(SessionEventSearch.Everything with { Identity = search.Identity })), Bounds.Named);
        }

        if (search.Network is { } one && IpNetworks.IsOne(one))
        {
            return (among, Unless(search with { Network = null }, among), Bounds.Named);
        }

        // The index has the addresses of a network one after the other, each in the order of time.
        if (search.Network is not null)
        {
            var inNetwork = among.OrderBy(row => row.IpAddressBytes);
            if (!await inNetwork.Skip(Bounds.Network).AnyAsync(cancellationToken))
            {
                return (inNetwork.Take(Bounds.Network), null, 0);
            }

            among = context.FromNetwork<IdentitySessionEvent<TEventKey>>(search.Network.Value, byIndex: false);
        }

        var most = search.Network is not null ? Bounds.AlongNetwork : int.MaxValue;
        return search.Kind is null
            ? (among, Unless(search, all), Math.Min(Bounds.Events, most))
            : (among, Unless(search with { Kind = null }, all.That(SessionEventSearch.Everything with { Kind = search.Kind })), Math.Min(Bounds.OfKind, most));
    }

    private static IQueryable<IdentitySessionEvent<TEventKey>>? Unless(SessionEventSearch rest, IQueryable<IdentitySessionEvent<TEventKey>> along) =>
        rest with { From = null, Before = null } == SessionEventSearch.Everything ? null : along;
}
