using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what is done with all that is kept of one person, step by step. A step is stopped at any point without loss.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    // The rows and the trail go last, and the trail is what tells which names were theirs: as long as any of it is there, the sweep finds
    // the person again and begins anew.
    private async IAsyncEnumerable<int> ForgetPartsAsync(
        TContext context, string userId, IReadOnlyList<string> identities, Stays stays, DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var work = await RangedWork.BeginAsync(context.Database, _turns, cancellationToken);
        await foreach (var count in InTurnAsync(BlankIdentities(context, work, identities, cancellationToken)))
        {
            yield return count;
        }

        var former = await FormerNamesAsync(context, userId, identities, cancellationToken);
        IAsyncEnumerable<int>[] steps =
        [
            .. BlankIdentities(context, work, former, cancellationToken),
            .. BlankActor(context, work, userId, cancellationToken),
            .. stays == Stays.Account ? Array.Empty<IAsyncEnumerable<int>>() : [RemoveLive(context, work, userId, cancellationToken)],
            RemoveEnded(context, work, userId, cancellationToken),
            ForgetTrail(context, work, userId, stays, at, cancellationToken),
        ];
        await foreach (var count in InTurnAsync(steps))
        {
            yield return count;
        }
    }

    private static async IAsyncEnumerable<int> InTurnAsync(IEnumerable<IAsyncEnumerable<int>> steps)
    {
        foreach (var step in steps)
        {
            await foreach (var count in step)
            {
                yield return count;
            }
        }
    }

    private static IEnumerable<IAsyncEnumerable<int>> BlankIdentities(
        TContext context, RangedWork work, IEnumerable<string> identities, CancellationToken cancellationToken) =>
        identities.Select(identity => BlankIdentity(context, work, identity, cancellationToken));

    // Only failures have one. To say so would lead some databases to the index of kinds, and past every failure that there is.
    private static IAsyncEnumerable<int> BlankIdentity(TContext context, RangedWork work, string identity, CancellationToken cancellationToken) =>
        work.ChangeAsync(
            Events(context).Where(row => row.Identity == identity),
            row => row.OccurredAt,
            (range, token) => range.ExecuteUpdateAsync(row => row.SetProperty(stored => stored.Identity, (string?)null), token),
            cancellationToken);

    // What they did to others as an operator, and whose trail they looked at.
    private static IAsyncEnumerable<int>[] BlankActor(TContext context, RangedWork work, string userId, CancellationToken cancellationToken)
    {
        var actor = ColumnLengths.Cut(userId, ColumnLengths.ActorId);
        return
        [
            work.ChangeAsync(
                Events(context).Where(row => row.ActorId == actor),
                row => row.OccurredAt,
                (range, token) => range.ExecuteUpdateAsync(EventBlanks.Actor, token),
                cancellationToken),
            work.ChangeAsync(
                Sessions(context).Where(row => row.EndedBy == actor),
                row => row.EndedAt!.Value,
                (range, token) => range.ExecuteUpdateAsync(row => row.SetProperty(session => session.EndedBy, (string?)null), token),
                cancellationToken),
        ];
    }

    private static IAsyncEnumerable<int> RemoveLive(TContext context, RangedWork work, string userId, CancellationToken cancellationToken) =>
        work.ChangeAsync(
            SessionsOf(context, userId).Where(row => row.EndedAt == null),
            row => row.LastSeenAt,
            (range, token) => range.ExecuteDeleteAsync(token),
            cancellationToken);

    private static IAsyncEnumerable<int> RemoveEnded(TContext context, RangedWork work, string userId, CancellationToken cancellationToken) =>
        work.ChangeAsync(
            SessionsOf(context, userId).Where(row => row.EndedAt != null),
            row => row.EndedAt!.Value,
            async (range, token) =>
            {
                await ForgetMachinesAsync(context, range, token);
                return await range.ExecuteDeleteAsync(token);
            },
            cancellationToken);

    // Where the account goes on, what is decided of it meanwhile holds for its older tickets.
    private static IAsyncEnumerable<int> ForgetTrail(
        TContext context, RangedWork work, string userId, Stays stays, DateTimeOffset at, CancellationToken cancellationToken) =>
        work.ChangeAsync(
            stays == Stays.Account ? Events(context).OfUser(userId).ThatJudgeNothingAfter(at) : Events(context).OfUser(userId),
            row => row.OccurredAt,
            (range, token) => stays == Stays.Trail ? range.ExecuteUpdateAsync(EventBlanks.Person, token) : range.ExecuteDeleteAsync(token),
            cancellationToken);

    // What is left of somebody who is forgotten.
    private enum Stays
    {
        Nothing,

        // Without its person.
        Trail,

        // With whoever has signed in to it anew, and the line that judges older tickets.
        Account,
    }
}
