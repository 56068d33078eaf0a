using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what is known of earlier sign-ins.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public Task<DeviceComparison> CompareDeviceAsync(SessionEventDescriptor signedIn, SessionBeginning? next, CancellationToken cancellationToken) =>
        Spare.RunAsync(next is not null, async context =>
        {
            // A browser that came without its id has one that nobody has seen.
            var deviceId = next is { IsReturningBrowser: false } ? null : signedIn.Origin.DeviceId;
            var (lastWord, earlier) = (next, deviceId) switch
            {
                ({ Replaced: null }, null) => (null, []),
                (_, null) => (null, null),
                (null, _) => (await LastWordAsync(context, signedIn, deviceId, cancellationToken), null),
                _ => await LastWordAndEarlierAsync(context, signedIn, deviceId, next, cancellationToken),
            };
            var isNew = lastWord is null ? await HasSignedInOnlyElsewhereAsync(context, signedIn, cancellationToken) : lastWord == SessionEventKind.Revoked;
            return new DeviceComparison(isNew, earlier);
        });

    public async Task<LastSignIn?> FindLastSignInAsync(string deviceId, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await Events(lease.Context)
            .Where(row => row.DeviceId == deviceId && row.Kind == SessionEventKind.SignedIn)
            .OrderByDescending(row => row.OccurredAt)
            .Select(row => new LastSignIn { Method = row.SignInMethod ?? SignInMethod.Unknown, Provider = row.Provider, OccurredAt = row.OccurredAt })
            .FirstOrDefaultAsync(cancellationToken);
    }

    // The browser's own id says it, by one look: last signed in from, or last distrusted.
    private static Task<string?> LastWordAsync(TContext context, SessionEventDescriptor signedIn, string deviceId, CancellationToken cancellationToken) =>
        Queries(context).LastWord(context, SessionRows.EventUser<TEventKey>(signedIn.UserId)!, deviceId, cancellationToken);

    private static async Task<(string? LastWord, IReadOnlyList<EarlierSession>? Earlier)> LastWordAndEarlierAsync(
        TContext context, SessionEventDescriptor signedIn, string deviceId, SessionBeginning next, CancellationToken cancellationToken)
    {
        var found = await Queries(context).LastWordAndEarlier(
            context, UserKey.Parse<TKey>(signedIn.UserId!)!, SessionRows.EventUser<TEventKey>(signedIn.UserId)!, next.Session.CreatedAt, deviceId, next.Replaced?.Id, cancellationToken);
        return (found?.LastWord, found?.Earlier);
    }

    // A device of the same sort counts only where it can't be told apart, or comes from the same country. An unknown country is not the same.
    private static Task<bool> HasSignedInOnlyElsewhereAsync(TContext context, SessionEventDescriptor signedIn, CancellationToken cancellationToken)
    {
        var device = SessionRows.Cut(signedIn.Origin.Device);
        return Queries(context).HasSignedInOnlyElsewhere(
            context,
            UserKey.Parse<TKey>(signedIn.UserId!)!,
            SessionRows.EventUser<TEventKey>(signedIn.UserId)!,
            device.DeviceType,
            device.OperatingSystem,
            device.Browser,
            device.AppName,
            signedIn.Origin.Location?.CountryCode,
            cancellationToken);
    }

    private static SignInQueries<TUser, TContext, TKey, TEventKey> Queries(TContext context) => SignInQueries<TUser, TContext, TKey, TEventKey>.Of(context);
}
