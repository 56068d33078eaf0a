using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what is known of earlier sign-ins.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public Task<bool> IsNewDeviceAsync(
        SessionEventDescriptor signedIn, bool mayKnowId, bool isWrittenNext, CancellationToken cancellationToken) => Spare.RunAsync(isWrittenNext, async context =>
    {
        // The browser's own id says it, by one look: last signed in from, or last distrusted.
        var lastWord = mayKnowId && signedIn.Origin.DeviceId is { } deviceId
            ? await SignInQueries<TUser, TContext, TKey, TEventKey>.Of(context)
                .LastWord(context, SessionRows.EventUser<TEventKey>(signedIn.UserId)!, deviceId, cancellationToken)
            : null;
        return lastWord is not null
            ? lastWord == SessionEventKind.Revoked
            : await HasSignedInOnlyElsewhereAsync(context, signedIn, cancellationToken);
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

    // One statement. People who were signed in before the install have no event of it, but a row.
    private static Task<bool> HasSignedInOnlyElsewhereAsync(TContext context, SessionEventDescriptor signedIn, CancellationToken cancellationToken)
    {
        var key = UserKey.Parse<TKey>(signedIn.UserId!)!;
        var signIns = Events(context).OfUser(signedIn.UserId!).Where(row => row.Kind == SessionEventKind.SignedIn);
        var adopted = SessionsOf(context, signedIn.UserId!).Where(row => row.IsAdopted);
        var (alike, alikeAdopted) = (Alike(context, signIns, signedIn), Alike(adopted, signedIn));
        return context.Set<TUser>().IgnoreQueryFilters()
            .Where(user => user.Id.Equals(key))
            .AnyAsync(user => (signIns.Any() || adopted.Any()) && !alike.Any() && !alikeAdopted.Any(), cancellationToken);
    }

    // A device of the same sort counts only where it can't be told apart, or comes from the same country. An unknown country is not the same.
    private static IQueryable<IdentitySessionEvent<TEventKey>> Alike(
        TContext context, IQueryable<IdentitySessionEvent<TEventKey>> signIns, SessionEventDescriptor signedIn)
    {
        var device = SessionRows.Cut(signedIn.Origin.Device);
        var country = signedIn.Origin.Location?.CountryCode;
        var distrusted = Events(context).OfUser(signedIn.UserId!).ThatDistrust();

        return signIns
            .Where(row => row.DeviceType == device.DeviceType && row.OperatingSystem == device.OperatingSystem
                && row.Browser == device.Browser && row.AppName == device.AppName
                && (row.DeviceId == null || (country != null && row.CountryCode == country)))
            .Where(row => !distrusted.Any(end => end.OccurredAt >= row.OccurredAt
                && ((end.SessionId != null && end.SessionId == row.SessionId) || (end.DeviceId != null && end.DeviceId == row.DeviceId))));
    }

    private static IQueryable<IdentityUserSession<TKey>> Alike(IQueryable<IdentityUserSession<TKey>> adopted, SessionEventDescriptor signedIn)
    {
        var device = SessionRows.Cut(signedIn.Origin.Device);
        var country = signedIn.Origin.Location?.CountryCode;
        return adopted.ThatAreNotDistrusted().Where(row =>
            row.DeviceType == device.DeviceType && row.OperatingSystem == device.OperatingSystem
            && row.Browser == device.Browser && row.AppName == device.AppName
            && (row.DeviceId == null || (country != null && row.CountryCode == country)));
    }
}
