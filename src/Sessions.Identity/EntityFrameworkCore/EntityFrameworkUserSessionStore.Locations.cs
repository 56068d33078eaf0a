using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Locations.Travel;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: places, and how far sign-ins are apart. A place that comes late is filled in by statements of its own, which may touch events.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<TravelPoint?> FindPreviousPlaceAsync(string userId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await FindPreviousAsync(lease.Context, userId, before, cancellationToken);
    }

    public ILocationWrite PrepareLocation()
    {
        var lease = Lease();
        _ = lease.Context.Model; // takes what the context needs of the scope
        return new LocationWrite(lease, options.Value);
    }

    private static Task<TravelPoint?> FindPreviousAsync(TContext context, string userId, DateTimeOffset before, CancellationToken cancellationToken) =>
        AsPoints(SignInsOf(context, userId).Where(row => row.OccurredAt < before).NewestFirst()).FirstOrDefaultAsync(cancellationToken);

    private static Task<TravelPoint?> FindNextAsync(TContext context, string userId, DateTimeOffset after, CancellationToken cancellationToken) =>
        AsPoints(SignInsOf(context, userId).Where(row => row.OccurredAt > after).OrderBy(row => row.OccurredAt).ThenBy(row => row.Id))
            .FirstOrDefaultAsync(cancellationToken);

    private static IQueryable<IdentitySessionEvent<TEventKey>> SignInsOf(TContext context, string userId) => Events(context).OfUser(userId)
        .Where(row => row.Kind == SessionEventKind.SignedIn && row.Latitude != null && row.Longitude != null);

    private static IQueryable<TravelPoint?> AsPoints(IQueryable<IdentitySessionEvent<TEventKey>> signIns) => signIns.Select(row => new TravelPoint(
        row.Id, row.OccurredAt, row.Latitude!.Value, row.Longitude!.Value, row.CountryCode, row.City != null || row.Region != null));

    private sealed class LocationWrite(ContextLease<TContext> lease, UserSessionOptions options) : ILocationWrite
    {
        public async Task<IReadOnlyList<SessionEventInfo>> FillAsync(LocationTarget target, IpLocation location, CancellationToken cancellationToken)
        {
            var context = lease.Context;
            var place = SessionRows.Cut(location);
            if (target.SessionId is { } sessionId)
            {
                await FillAsync(Sessions(context).Where(row => row.Id == sessionId), place, cancellationToken);

                // Events that were copied from the row meanwhile, such as its end.
                await FillAsync(
                    Events(context).Where(row => row.SessionId == sessionId && row.IpAddress == target.IpAddress && row.City == null), place, cancellationToken);
            }

            return target.Event is { } sessionEvent ? await FillAsync(context, sessionEvent, target.IpAddress, place, cancellationToken) : [];
        }

        public ValueTask DisposeAsync() => lease.DisposeAsync();

        private async Task<IReadOnlyList<SessionEventInfo>> FillAsync(
            TContext context, SessionEventDescriptor sessionEvent, string? address, IpLocation place, CancellationToken cancellationToken)
        {
            // With its address, which is gone where the person was forgotten meanwhile: their place must not come back.
            var row = Events(context).Where(stored => stored.Id == sessionEvent.Id && stored.IpAddress == address);
            await FillAsync(row, place, cancellationToken);
            await row.ExecuteUpdateAsync(
                stored => stored.SetProperty(found => found.Latitude, place.Latitude).SetProperty(found => found.Longitude, place.Longitude), cancellationToken);
            if (sessionEvent is not { Kind: SessionEventKind.SignedIn, UserId: { } userId } || TravelPoint.Of(sessionEvent, place) is not { } here)
            {
                return [];
            }

            // Places don't come in the order of the sign-ins: this one may also be what the next one is to be measured from. Each writes
            // before it looks, so that of two at once at least one sees the other.
            var next = await FindNextAsync(context, userId, here.At, cancellationToken);
            SessionEventInfo?[] impossible =
            [
                await JudgeAsync(context, await FindPreviousAsync(context, userId, here.At, cancellationToken), here, cancellationToken),
                next is null ? null : await JudgeAsync(context, here, next, cancellationToken),
            ];
            return [.. impossible.OfType<SessionEventInfo>()];
        }

        private async Task<SessionEventInfo?> JudgeAsync(TContext context, TravelPoint? previous, TravelPoint here, CancellationToken cancellationToken)
        {
            if (previous is null || TravelHint.Between(previous, here, options.Geolocation.ImpossibleTravelSpeed, options.CoordinateDecimals) is not { } travel)
            {
                return null;
            }

            var row = Events(context).Where(stored => stored.Id == here.EventId);
            var seconds = (long)travel.Time.TotalSeconds;
            await row.ExecuteUpdateAsync(
                stored => stored.SetProperty(found => found.TravelDistance, travel.Kilometers).SetProperty(found => found.TravelSeconds, seconds), cancellationToken);

            // Whoever sets the flag tells of it: once.
            var isFirst = travel.IsImpossible
                && await row.Where(stored => !stored.IsImpossibleTravel)
                    .ExecuteUpdateAsync(stored => stored.SetProperty(found => found.IsImpossibleTravel, true), cancellationToken) == 1;
            return isFirst ? await row.Select(SessionProjections.Event<TEventKey>()).FirstOrDefaultAsync(cancellationToken) : null;
        }

        private static Task<int> FillAsync<TRow>(IQueryable<TRow> rows, IpLocation place, CancellationToken cancellationToken)
            where TRow : class, IOriginColumns =>
            rows.ExecuteUpdateAsync(
                row => row
                    .SetProperty(stored => stored.CountryCode, place.CountryCode)
                    .SetProperty(stored => stored.Country, place.Country)
                    .SetProperty(stored => stored.Region, place.Region)
                    .SetProperty(stored => stored.City, place.City)
                    .SetProperty(stored => stored.AutonomousSystemNumber, place.AutonomousSystemNumber)
                    .SetProperty(stored => stored.Organization, place.Organization),
                cancellationToken);
    }
}
