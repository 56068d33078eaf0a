using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what is known of earlier sign-ins.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public Task<DeviceComparison> CompareDeviceAsync(SessionEventDescriptor signedIn, SessionBeginning? next, CancellationToken cancellationToken) =>
        Spare.RunAsync(next is not null, async context =>
        {
            // A browser that came without its id has one that nobody has seen. Else that says it: last signed in from, or last distrusted.
            var deviceId = next is { IsReturningBrowser: false } ? null : signedIn.Origin.DeviceId;
            var history = deviceId is null ? null : await HistoryOfAsync(context, signedIn, deviceId, next?.Replaced?.Id, cancellationToken);
            var isNew = history?.LastWord is { } lastWord
                ? lastWord == SessionEventKind.Revoked
                : await HasSignedInOnlyElsewhereAsync(context, signedIn, cancellationToken);
            return new DeviceComparison(isNew, deviceId is null && next is { Replaced: null } ? [] : history?.Earlier);
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

    private static Task<BrowserHistory?> HistoryOfAsync(
        TContext context, SessionEventDescriptor signedIn, string deviceId, Guid? replaced, CancellationToken cancellationToken) =>
        Queries(context).HistoryOfBrowser(
            context, UserKey.Parse<TKey>(signedIn.UserId!)!, SessionRows.EventUser<TEventKey>(signedIn.UserId)!, signedIn.OccurredAt, deviceId, replaced, cancellationToken);

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
