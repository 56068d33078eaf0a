using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: machines that are remembered for two-factor sign-ins.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<bool?> IsTrustedMachineAsync(string userId, string rememberDigest, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var ends = await SessionsOf(lease.Context, userId)
            .Where(row => row.TwoFactorRememberDigest == rememberDigest)
            .Select(row => row.EndReason)
            .Distinct()
            .ToListAsync(cancellationToken);
        return ends.Count == 0 ? null : !ends.Exists(SessionEndReason.IsDecision);
    }

    public async Task<bool> TieMachineAsync(Guid sessionId, string rememberDigest, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await Sessions(lease.Context)
            .Where(row => row.Id == sessionId && row.EndedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.TwoFactorRememberDigest, rememberDigest), cancellationToken) > 0;
    }

    // A session that takes the place of one in the same browser is on the same machine, however this sign-in was made.
    private static async Task<UserSessionDescriptor> InheritMachineAsync(TContext context, SessionBeginning beginning, CancellationToken cancellationToken)
    {
        var session = beginning.Session;
        var replaced = beginning.Replaced?.Id;
        var deviceId = beginning.IsReturningBrowser ? session.Origin.DeviceId : null;
        if (session.TwoFactorRememberDigest is not null || (replaced is null && deviceId is null))
        {
            return session;
        }

        var digest = await SessionsOf(context, session.UserId)
            .Where(row => row.EndedAt == null && row.TwoFactorRememberDigest != null && row.CreatedAt <= session.CreatedAt
                && (row.Id == replaced || (deviceId != null && row.DeviceId == deviceId)))
            .OrderByDescending(row => row.CreatedAt)
            .Select(row => row.TwoFactorRememberDigest)
            .FirstOrDefaultAsync(cancellationToken);
        return session with { TwoFactorRememberDigest = digest };
    }
}
