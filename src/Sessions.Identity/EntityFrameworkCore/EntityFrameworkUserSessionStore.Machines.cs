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

    // With a revoked session goes what is known against its machine. So goes what other sessions know for it: nobody knows that machine any more,
    // and the second factor is asked.
    private static async Task ForgetMachinesAsync(TContext context, IQueryable<IdentityUserSession<TKey>> purged, CancellationToken cancellationToken)
    {
        var revoked = await purged
            .Where(row => row.TwoFactorRememberDigest != null && row.EndReason != null && !SessionEndReason.NoDecisions.Contains(row.EndReason))
            .Select(row => row.TwoFactorRememberDigest)
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var digests in revoked.Chunk(EndsPerBatch))
        {
            await Sessions(context)
                .Where(row => digests.Contains(row.TwoFactorRememberDigest) && (row.EndReason == null || SessionEndReason.NoDecisions.Contains(row.EndReason)))
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.TwoFactorRememberDigest, (string?)null), cancellationToken);
        }
    }

    // A session that takes the place of one in the same browser is on the same machine, however this sign-in was made.
    private static UserSessionDescriptor InheritMachine(UserSessionDescriptor session, IReadOnlyList<EarlierSession> earlier) =>
        session with { TwoFactorRememberDigest = session.TwoFactorRememberDigest ?? earlier.FirstOrDefault(row => row.RememberDigest is not null)?.RememberDigest };
}
