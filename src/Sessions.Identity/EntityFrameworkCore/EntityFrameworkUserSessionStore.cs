using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Keeps sessions and their trail in the app's own Identity context. This part: the look-up, and signs of life.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>(
    SessionDbContextSource<TContext> contexts,
    SessionLookup<TUser, TContext, TKey> lookup,
    IOptions<UserSessionOptions> options,
    TicketLifetime lifetime,
    TimeProvider time) : IUserSessionStore, IAsyncDisposable, IDisposable
    where TUser : IdentityUser<TKey>
    where TContext : DbContext
    where TKey : IEquatable<TKey>
{
    private SpareLease<TContext>? _spare;

    public Task<SessionRecord?> FindAsync(string keyDigest, CancellationToken cancellationToken) =>
        lookup.FindAsync(contexts, keyDigest, cancellationToken);

    public bool CanFindInPlace(TimeSpan left) => lookup.CanRunInPlace(left);

    public bool AsksNothingOfItsScope => lookup.AsksNothingOfItsScope;

    public bool HostHoldsTransaction() => System.Transactions.Transaction.Current is not null || contexts.HasOpenTransaction();

    public async Task RecordAsync(SessionEventDescriptor sessionEvent, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        lease.Context.Add(SessionRows.Row<TEventKey>(sessionEvent));
        await lease.Context.SaveChangesAsync(cancellationToken);
    }

    public async Task<bool> IsWrittenAsync(string writeKey, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await Events(lease.Context).AnyAsync(row => row.WriteKey == writeKey, cancellationToken);
    }

    public async Task<bool> IsJudgedAsync(string userId, DateTimeOffset issuedAt, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await FindJudgeAsync(lease.Context, userId, issuedAt, cancellationToken) is not null;
    }

    public PreparedWrite PrepareTouch(SessionTouch touch)
    {
        var lease = Lease();
        _ = lease.Context.Model; // takes what the context needs of the scope
        return new PreparedWrite(lease, cancellationToken => TouchAsync(lease.Context, touch, cancellationToken));
    }

    public async Task<SessionRecord?> FindSuccessorAsync(SessionRecord superseded, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await SessionsOf(lease.Context, superseded.UserId)
            .ThatCanBeValid(options.Value.Cutoffs(time.GetUtcNow()))
            .Where(row => row.DeviceId != null && row.DeviceId == superseded.DeviceId)
            .OrderByDescending(row => row.CreatedAt)
            .Take(1)
            .WithUsers(Users(lease.Context))
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static Task<int> TouchAsync(TContext context, SessionTouch touch, CancellationToken cancellationToken)
    {
        var (at, dueBefore) = (touch.At, touch.DueBefore);
        var ip = ColumnLengths.Cut(touch.IpAddress, ColumnLengths.IpAddress);
        var due = Sessions(context).Where(row =>
            row.Id == touch.SessionId
            && row.EndedAt == null
            && (row.LastSeenAt <= dueBefore || row.ExpiresAt < touch.ExpiresAt));

        // Without an interval only the ticket's end is kept: last activity is never written then.
        if (dueBefore is null)
        {
            return due.ExecuteUpdateAsync(row => row.SetProperty(session => session.ExpiresAt, touch.KeptUntil), cancellationToken);
        }

        return due.ExecuteUpdateAsync(
            row => row
                .SetProperty(session => session.LastSeenAt, at)
                .SetProperty(session => session.LastSeenIpAddress, ip)
                .SetProperty(session => session.ExpiresAt, session => session.ExpiresAt < touch.ExpiresAt ? touch.KeptUntil : session.ExpiresAt),
            cancellationToken);
    }

    private static IQueryable<IdentityUserSession<TKey>> Sessions(TContext context) =>
        context.Set<IdentityUserSession<TKey>>().AsNoTracking().IgnoreQueryFilters();

    private static IQueryable<IdentityUserSession<TKey>> SessionsOf(TContext context, string userId)
    {
        var key = UserKey.Parse<TKey>(userId)!;
        return Sessions(context).Where(row => row.UserId.Equals(key));
    }

    private static IQueryable<IdentitySessionEvent<TEventKey>> Events(TContext context) =>
        context.Set<IdentitySessionEvent<TEventKey>>().AsNoTracking().IgnoreQueryFilters();

    public ValueTask DisposeAsync() => _spare?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => _spare?.Dispose();

    // The steps of a sign-in follow one another.
    private SpareLease<TContext> Spare => LazyInitializer.EnsureInitialized(ref _spare, () => new SpareLease<TContext>(Lease));

    private ContextLease<TContext> Lease() => contexts.Create(options.Value.TrackingTimeout);

    // Work that ends with nothing leaves nothing. Providers that retry (EnableRetryOnFailure) want to repeat the whole transaction themselves.
    private static Task<T> InTransactionAsync<T>(TContext context, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        context.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                context.ChangeTracker.Clear();
                context.Database.AutoSavepointsEnabled = false; // whatever fails fails the whole of it: nothing goes back to one
                await using var transaction = await context.Database.BeginTransactionAsync(token);
                var result = await work(token);
                if (result is not null)
                {
                    await transaction.CommitAsync(token);
                }

                return result;
            },
            cancellationToken);
}
