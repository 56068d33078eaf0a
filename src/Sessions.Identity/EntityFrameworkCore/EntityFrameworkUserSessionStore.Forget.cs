using System.Diagnostics;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: forgetting people. Erasure is one of the few things that may touch events, by statements of its own.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int PeoplePerBatch = 100;

    // A user may have been made in a transaction that is not committed yet.
    private static readonly TimeSpan _unseenUserGrace = TimeSpan.FromMinutes(1);

    private Stays StaysOfDeleted => options.Value.OnUserDeleted == DeletedUserMode.KeepUnlinked ? Stays.Trail : Stays.Nothing;

    public async Task ForgetAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        await SignOutForgottenAsync(context, userId, at, cancellationToken);
        await BlankEndingsAsync(context, [userId], cancellationToken);
        var identities = await ReadIdentitiesAsync(context, userId, cancellationToken);
        await foreach (var _ in ForgetPartsAsync(context, userId, identities, Stays.Account, at, cancellationToken))
        {
            // Whoever waits for this waits for all of it.
        }
    }

    // Before anything else goes, and all at once: whatever becomes of the rest, nobody stays signed in.
    private static async Task SignOutForgottenAsync(TContext context, string userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var live = SessionsOf(context, userId).Where(row => row.EndedAt == null);
        await InTransactionAsync(
            context,
            async token =>
            {
                await live.ExecuteDeleteAsync(token);
                await Events(context).OfForgotten(userId).ExecuteDeleteAsync(token);

                // The account goes on, and copies of its tickets may be about: they are judged still, by a line that names nobody.
                context.Add(SessionRows.ForgottenJudge<TEventKey>(userId, at));
                await context.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

        // A ticket that was being adopted meanwhile: its request looks for our line after its own commit, and we for its row after ours.
        await live.Where(row => row.IsAdopted && row.CreatedAt <= at).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<bool> ForgetDeletedAsync(DeletedUser user, TimeSpan turn, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        var key = UserKey.Parse<TKey>(user.Id)!;
        if (await context.Set<TUser>().IgnoreQueryFilters().AnyAsync(row => row.Id.Equals(key), cancellationToken))
        {
            return false;
        }

        await BlankEndingsAsync(context, [user.Id], cancellationToken);
        await Events(context).OfForgotten(user.Id).ExecuteDeleteAsync(cancellationToken);
        var identities = await TheirsAsync(context, user, cancellationToken);
        await foreach (var _ in ForgetPartsAsync(context, user.Id, identities, StaysOfDeleted, time.GetUtcNow(), cancellationToken))
        {
            // The next turn goes on where this one ended.
            if (Stopwatch.GetElapsedTime(started) > turn)
            {
                return false;
            }
        }

        return true;
    }

    public async IAsyncEnumerable<int> ForgetVanishedAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seenBefore = now - _unseenUserGrace;
        await using var lease = contexts.Create(_sweepTimeout);
        while (await VanishedAsync(lease.Context, seenBefore, cancellationToken) is { Count: > 0 } people)
        {
            await BlankEndingsAsync(lease.Context, people, cancellationToken);
            foreach (var userId in people)
            {
                await Events(lease.Context).OfForgotten(userId).ExecuteDeleteAsync(cancellationToken);
                await foreach (var _ in ForgetPartsAsync(lease.Context, userId, [], StaysOfDeleted, now, cancellationToken))
                {
                    yield return 0;
                }

                yield return 1;
            }
        }
    }

    private static async Task<List<string>> VanishedAsync(TContext context, DateTimeOffset seenBefore, CancellationToken cancellationToken)
    {
        var users = context.Set<TUser>().AsNoTracking().IgnoreQueryFilters();
        var ofEvents = await Events(context)
            .Where(row => row.UserId != null && row.OccurredAt < seenBefore)
            .Where(IsOfNobody(users))
            .Select(row => row.UserId)
            .Distinct()
            .Take(PeoplePerBatch)
            .ToListAsync(cancellationToken);
        if (ofEvents.Count > 0)
        {
            return ofEvents.ConvertAll(user => UserKey.Format(user)!);
        }

        // A database that does not enforce its foreign keys may have rows without their user.
        var ofSessions = await Sessions(context)
            .Where(row => row.CreatedAt < seenBefore && !users.Any(user => user.Id.Equals(row.UserId)))
            .Select(row => row.UserId)
            .Distinct()
            .Take(PeoplePerBatch)
            .ToListAsync(cancellationToken);
        return ofSessions.ConvertAll(UserKey.Format);
    }

    // The event's column is nullable where the user's key is not, so the comparison is built for whatever type it has.
    private static Expression<Func<IdentitySessionEvent<TEventKey>, bool>> IsOfNobody(IQueryable<TUser> users)
    {
        var row = Expression.Parameter(typeof(IdentitySessionEvent<TEventKey>));
        var user = Expression.Parameter(typeof(TUser));
        var isTheirs = Expression.Equal(
            Expression.Convert(Expression.Property(user, nameof(IdentityUser<>.Id)), typeof(TEventKey)),
            Expression.Property(row, nameof(IdentitySessionEvent<>.UserId)));
        var isSomebodys = Expression.Call(
            typeof(Queryable), nameof(Queryable.Any), [typeof(TUser)], users.Expression, Expression.Quote(Expression.Lambda<Func<TUser, bool>>(isTheirs, user)));
        return Expression.Lambda<Func<IdentitySessionEvent<TEventKey>, bool>>(Expression.Not(isSomebodys), row);
    }
}
