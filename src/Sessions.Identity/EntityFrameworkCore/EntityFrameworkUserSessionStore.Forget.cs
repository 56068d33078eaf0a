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

    public async Task ForgetAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        var identities = await ReadIdentitiesAsync(context, userId, cancellationToken);
        await InTransactionAsync(
            context,
            async token =>
            {
                await EraseAsync(context, userId, token);
                await BlankIdentitiesAsync(context, identities, token);

                // The account goes on, and copies of its tickets may be about: they are judged still, by a line that names nobody.
                context.Add(SessionRows.ForgottenJudge<TEventKey>(userId, at));
                await context.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

        // A ticket that was being adopted meanwhile: its request looks for our line after its own commit, and we for its row after ours.
        await SessionsOf(context, userId).Where(row => row.IsAdopted && row.CreatedAt <= at).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<bool> ForgetDeletedAsync(DeletedUser user, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        var key = UserKey.Parse<TKey>(user.Id)!;
        if (await context.Set<TUser>().IgnoreQueryFilters().AnyAsync(row => row.Id.Equals(key), cancellationToken))
        {
            return false;
        }

        await InTransactionAsync(
            context,
            async token =>
            {
                await BlankIdentitiesAsync(context, await TheirsAsync(context, user, token), token);
                await ForgetRowsAsync(context, user.Id, token);
                return true;
            },
            cancellationToken);
        return true;
    }

    public async IAsyncEnumerable<int> ForgetVanishedAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seenBefore = now - _unseenUserGrace;
        while (await VanishedAsync(seenBefore, cancellationToken) is { Count: > 0 } people)
        {
            foreach (var userId in people)
            {
                await using var lease = contexts.Create(_sweepTimeout);
                await _turns.NextAsync(lease.Context.Database, cancellationToken);
                await InTransactionAsync(lease.Context, async token => await ForgetRowsAsync(lease.Context, userId, token), cancellationToken);
                yield return 1;
            }
        }
    }

    private async Task<List<string>> VanishedAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var users = lease.Context.Set<TUser>().AsNoTracking().IgnoreQueryFilters();
        var ofEvents = await Events(lease.Context)
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
        var ofSessions = await Sessions(lease.Context)
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

    private Task<bool> ForgetRowsAsync(TContext context, string userId, CancellationToken cancellationToken) =>
        options.Value.OnUserDeleted == DeletedUserMode.KeepUnlinked
            ? UnlinkAsync(context, userId, cancellationToken)
            : EraseAsync(context, userId, cancellationToken);

    private static async Task<bool> EraseAsync(TContext context, string userId, CancellationToken cancellationToken)
    {
        await SessionsOf(context, userId).ExecuteDeleteAsync(cancellationToken);
        await Events(context).OfUser(userId).ExecuteDeleteAsync(cancellationToken);
        await Events(context).OfForgotten(userId).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> UnlinkAsync(TContext context, string userId, CancellationToken cancellationToken)
    {
        await SessionsOf(context, userId).ExecuteDeleteAsync(cancellationToken);
        await Events(context).OfForgotten(userId).ExecuteDeleteAsync(cancellationToken);
        await Events(context).Where(row => row.ActorId == userId).ExecuteUpdateAsync(
            row => row.SetProperty(stored => stored.ActorId, (string?)null), cancellationToken);
        await Events(context).OfUser(userId).ExecuteUpdateAsync(EventBlanks.Person, cancellationToken);
        return true;
    }

    private static async Task BlankIdentitiesAsync(TContext context, string[] identities, CancellationToken cancellationToken)
    {
        if (identities.Length > 0)
        {
            await Events(context)
                .Where(row => row.Kind == SessionEventKind.SignInFailed && identities.Contains(row.Identity))
                .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.Identity, (string?)null), cancellationToken);
        }
    }

    private static async Task<string[]> ReadIdentitiesAsync(TContext context, string userId, CancellationToken cancellationToken)
    {
        var key = UserKey.Parse<TKey>(userId)!;
        var user = await context.Set<TUser>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Id.Equals(key))
            .Select(row => new { row.UserName, row.Email, row.EmailConfirmed, row.PhoneNumber, row.PhoneNumberConfirmed })
            .FirstOrDefaultAsync(cancellationToken);
        return user is null ? [] : await TheirsAsync(
            context,
            DeletedUser.Of(userId, user.UserName, user.Email, user.EmailConfirmed, user.PhoneNumber, user.PhoneNumberConfirmed),
            cancellationToken);
    }

    // Anybody can register with somebody else's address and then ask to be forgotten: what was tried against that other account must not
    // go with it.
    private static async Task<string[]> TheirsAsync(TContext context, DeletedUser user, CancellationToken cancellationToken)
    {
        var key = UserKey.Parse<TKey>(user.Id)!;
        var theirs = new List<string>(user.OwnIdentities);
        foreach (var identity in user.UnconfirmedIdentities)
        {
            var normalized = identity.Normalize().ToUpperInvariant();
            if (!await context.Set<TUser>().IgnoreQueryFilters().AnyAsync(
                row => !row.Id.Equals(key) && (row.NormalizedUserName == normalized || row.NormalizedEmail == normalized || row.PhoneNumber == identity), cancellationToken))
            {
                theirs.Add(identity);
            }
        }

        return [.. theirs];
    }
}
