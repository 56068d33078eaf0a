using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what is added to a live session. The row's change and its event are written in one transaction.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<SessionEventDescriptor?> StepUpAsync(SessionEventDescriptor stepUp, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        return await InTransactionAsync(
            context,
            async token =>
            {
                var live = SessionsOf(context, stepUp.UserId!).Where(row => row.Id == stepUp.SessionId && row.EndedAt == null);
                var known = await live.Select(row => new { row.SignInMethod, row.Provider, row.MethodDetail }).FirstOrDefaultAsync(token);
                if (known is null)
                {
                    return null;
                }

                var detail = MethodDetail.Write(stepUp.SignIn!.SecondFactor, MethodDetail.DetailOf(known.MethodDetail));
                if (await live.ExecuteUpdateAsync(row => row.SetProperty(session => session.MethodDetail, detail), token) == 0)
                {
                    return null;
                }

                var written = stepUp with
                {
                    SignIn = stepUp.SignIn with { Method = known.SignInMethod ?? SignInMethod.Unknown, Provider = known.Provider },
                };
                context.Add(SessionRows.Row<TEventKey>(written));
                await context.SaveChangesAsync(token);
                return written;
            },
            cancellationToken);
    }

    public async Task<bool> ConfirmAccessAsync(SessionEventDescriptor confirmed, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        return await InTransactionAsync(
            context,
            async token =>
            {
                var live = SessionsOf(context, confirmed.UserId!).Where(row => row.Id == confirmed.SessionId && row.EndedAt == null);
                if (await live.ExecuteUpdateAsync(row => row.SetProperty(session => session.AccessConfirmedAt, confirmed.OccurredAt), token) == 0)
                {
                    return false;
                }

                context.Add(SessionRows.Row<TEventKey>(confirmed));
                await context.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }
}
