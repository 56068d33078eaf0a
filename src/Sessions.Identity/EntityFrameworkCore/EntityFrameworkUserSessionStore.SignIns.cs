using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what is known of earlier sign-ins.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<bool> IsNewDeviceAsync(SessionEventDescriptor signedIn, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;

        // The browser's own id says it, by one look: last signed in from, or last distrusted.
        if (signedIn.Origin.DeviceId is { } deviceId && await FindLastWordAsync(context, signedIn.UserId!, deviceId, cancellationToken) is { } last)
        {
            return last == SessionEventKind.Revoked;
        }

        return await HasSignedInBeforeAsync(context, signedIn.UserId!, cancellationToken)
            && !await KnowsAlikeAsync(context, signedIn, cancellationToken);
    }

    public async Task<LastSignIn?> FindLastSignInAsync(string deviceId, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await Events(lease.Context)
            .Where(row => row.DeviceId == deviceId && row.Kind == SessionEventKind.SignedIn)
            .OrderByDescending(row => row.OccurredAt)
            .Select(row => new LastSignIn { Method = row.SignInMethod ?? SignInMethod.Unknown, Provider = row.Provider, OccurredAt = row.OccurredAt })
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static Task<string?> FindLastWordAsync(TContext context, string userId, string deviceId, CancellationToken cancellationToken)
    {
        var distrust = SessionEndReason.Distrust;
        return Events(context).OfUser(userId)
            .Where(row => row.DeviceId == deviceId
                && (row.Kind == SessionEventKind.SignedIn || (row.Kind == SessionEventKind.Revoked && distrust.Contains(row.EndReason))))
            .NewestFirst()
            .Select(row => row.Kind)
            .FirstOrDefaultAsync(cancellationToken)!;
    }

    // People who were signed in before the install have no event of it, but a row.
    private static async Task<bool> HasSignedInBeforeAsync(TContext context, string userId, CancellationToken cancellationToken) =>
        await Events(context).OfUser(userId).AnyAsync(row => row.Kind == SessionEventKind.SignedIn, cancellationToken)
        || await SessionsOf(context, userId).AnyAsync(row => row.IsAdopted, cancellationToken);

    // A device of the same sort counts only where it can't be told apart, or comes from the same country. An unknown country is not the same.
    private static async Task<bool> KnowsAlikeAsync(TContext context, SessionEventDescriptor signedIn, CancellationToken cancellationToken)
    {
        var device = SessionRows.Cut(signedIn.Origin.Device);
        var country = signedIn.Origin.Location?.CountryCode;
        var distrust = SessionEndReason.Distrust;
        var distrusted = Events(context).OfUser(signedIn.UserId!)
            .Where(row => row.Kind == SessionEventKind.Revoked && distrust.Contains(row.EndReason));

        var alike = Events(context).OfUser(signedIn.UserId!)
            .Where(row => row.Kind == SessionEventKind.SignedIn
                && row.DeviceType == device.DeviceType && row.OperatingSystem == device.OperatingSystem
                && row.Browser == device.Browser && row.AppName == device.AppName
                && (row.DeviceId == null || (country != null && row.CountryCode == country)))
            .Where(row => !distrusted.Any(end => end.OccurredAt >= row.OccurredAt
                && ((end.SessionId != null && end.SessionId == row.SessionId) || (end.DeviceId != null && end.DeviceId == row.DeviceId))));
        if (await alike.AnyAsync(cancellationToken))
        {
            return true;
        }

        return await SessionsOf(context, signedIn.UserId!)
            .Where(row => row.IsAdopted
                && row.DeviceType == device.DeviceType && row.OperatingSystem == device.OperatingSystem
                && row.Browser == device.Browser && row.AppName == device.AppName
                && (row.DeviceId == null || (country != null && row.CountryCode == country))
                && (row.EndReason == null || !distrust.Contains(row.EndReason)))
            .AnyAsync(cancellationToken);
    }
}
