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
    private static UserSessionDescriptor InheritMachine(UserSessionDescriptor session, IReadOnlyList<EarlierSession> earlier) =>
        session with { TwoFactorRememberDigest = session.TwoFactorRememberDigest ?? earlier.FirstOrDefault(row => row.RememberDigest is not null)?.RememberDigest };
}
