using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The one look-up of a request: a plain command where the context's options are known to allow it, else EF Core's ordinary query.</summary>
internal sealed class SessionLookup<TUser, TContext, TKey>(IOptions<UserSessionOptions> options, ILogger<SessionLookup<TUser, TContext, TKey>> logger)
    where TUser : IdentityUser<TKey>
    where TContext : DbContext
    where TKey : IEquatable<TKey>
{
    private volatile LookupPlan? _plan;

    public async Task<SessionRecord?> FindAsync(SessionDbContextSource<TContext> contexts, string keyDigest, CancellationToken cancellationToken)
    {
        var plan = _plan ??= await MakePlanAsync(contexts);
        if (plan.Command is { } command && contexts.Options is { } connection && PlainConnection.StringOf(connection) is { } connectionString)
        {
            return await command.FindAsync(connectionString, keyDigest, cancellationToken);
        }

        // EF's query may block, and was perhaps called in place.
        return await Task.Run(() => QueryAsync(contexts, keyDigest, cancellationToken), CancellationToken.None);
    }

    /// <summary>Whether the look-up keeps to that time on the caller's own thread.</summary>
    public bool CanRunInPlace(TimeSpan left) => _plan?.Command?.CanRunInPlace(left) == true;

    private async Task<LookupPlan> MakePlanAsync(SessionDbContextSource<TContext> contexts)
    {
        await using var lease = contexts.Create();
        var plan = LookupPlan.For<TUser, TKey>(lease.Context, options.Value.TrackingTimeout);
        if (plan.WhyOrdinary is { } reason)
        {
            logger.OrdinaryLookup(reason);
        }

        return plan;
    }

    private async Task<SessionRecord?> QueryAsync(SessionDbContextSource<TContext> contexts, string keyDigest, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(options.Value.TrackingTimeout);
        var context = lease.Context;
        var users = context.Set<TUser>().IgnoreQueryFilters();
        return await context.Set<IdentityUserSession<TKey>>()
            .AsNoTracking()
            .IgnoreQueryFilters()
            .Where(row => row.KeyDigest == keyDigest)
            .LeftJoin(users, row => row.UserId, user => user.Id, (row, user) => new SessionRecord
            {
                Id = row.Id,
                UserId = UserKey.Format(row.UserId),
                Scheme = row.Scheme,
                DeviceId = row.DeviceId,
                StampDigest = row.StampDigest,
                CreatedAt = row.CreatedAt,
                LastSeenAt = row.LastSeenAt,
                ExpiresAt = row.ExpiresAt,
                AccessConfirmedAt = row.AccessConfirmedAt,
                EndedAt = row.EndedAt,
                EndReason = row.EndReason,
                IsAdopted = row.IsAdopted,
                SecurityStamp = user!.SecurityStamp,
                LockoutEnd = user.LockoutEnd,
            })
            .FirstOrDefaultAsync(cancellationToken);
    }
}
