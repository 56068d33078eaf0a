using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: bursts of failed sign-ins against one identity.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    // One small row per identity under attack says until when its burst lasts. The statement that takes it decides who tells of the burst.
    private const string BurstLease = "failures:";

    public async Task<bool> CrossesAsync(string identity, DateTimeOffset at, RepeatedFailuresOptions limit, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        var since = at - limit.Window;
        var newest = await Events(context)
            .Where(row => row.Identity == identity && row.Kind == SessionEventKind.SignInFailed && row.OccurredAt > since)
            .NewestFirst()
            .Take(limit.Threshold)
            .Select(row => row.OccurredAt)
            .ToListAsync(cancellationToken);
        if (newest.Count < limit.Threshold)
        {
            return false;
        }

        // They stay that many until the oldest of them is out of the window; then a whole window must pass.
        var until = newest[^1] + (limit.Window * 2);
        var name = BurstLease + SecretDigest.Of(identity)[..32];
        return await ExtendBurstAsync(context, name, at, until, cancellationToken) == 0
            && (await RenewBurstAsync(context, name, at, until, cancellationToken) == 1 || await BeginBurstAsync(context, name, at, until, cancellationToken));
    }

    public async Task PurgeBurstsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        await lease.Context.Set<IdentitySessionLease>()
            .Where(row => row.Name.StartsWith(BurstLease) && row.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<string?> FindOwnerAsync(string identity, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var normalized = identity.ToUpperInvariant();
        return await OwnerAmongAsync(
                lease.Context, user => user.NormalizedUserName == normalized || user.NormalizedEmail == normalized, identity, cancellationToken)
            ?? (identity[0] is '+' or (>= '0' and <= '9') // phone numbers have no index
                ? await OwnerAmongAsync(lease.Context, user => user.PhoneNumber == identity && user.PhoneNumberConfirmed, identity, cancellationToken)
                : null);
    }

    private static async Task<string?> OwnerAmongAsync(
        TContext context, Expression<Func<TUser, bool>> which, string identity, CancellationToken cancellationToken)
    {
        var candidates = await context.Set<TUser>().AsNoTracking().IgnoreQueryFilters()
            .Where(which)
            .Take(3)
            .Select(user => new { user.Id, user.UserName, user.Email, user.EmailConfirmed, user.PhoneNumber, user.PhoneNumberConfirmed })
            .ToListAsync(cancellationToken);
        var owners = candidates.Where(user => UserIdentities
            .Of(user.UserName, user.EmailConfirmed ? user.Email : null, user.PhoneNumberConfirmed ? user.PhoneNumber : null)
            .Contains(identity)).ToArray();
        return owners is [var owner] ? UserKey.Format(owner.Id) : null;
    }

    private static Task<int> ExtendBurstAsync(TContext context, string name, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken) =>
        context.Set<IdentitySessionLease>().Where(row => row.Name == name && row.ExpiresAt > at)
            .ExecuteUpdateAsync(row => row.SetProperty(burst => burst.ExpiresAt, burst => burst.ExpiresAt > until ? burst.ExpiresAt : until), cancellationToken);

    private static Task<int> RenewBurstAsync(TContext context, string name, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken) =>
        context.Set<IdentitySessionLease>().Where(row => row.Name == name && row.ExpiresAt <= at)
            .ExecuteUpdateAsync(row => row.SetProperty(burst => burst.ExpiresAt, until).SetProperty(burst => burst.LastRanAt, at), cancellationToken);

    private static async Task<bool> BeginBurstAsync(TContext context, string name, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken)
    {
        context.Add(new IdentitySessionLease { Name = name, ExpiresAt = until, LastRanAt = at });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another failure of the same burst was first.
            if (await context.Set<IdentitySessionLease>().AsNoTracking().AnyAsync(row => row.Name == name, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }
}
