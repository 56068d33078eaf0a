using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Administration;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: many sessions that an operator ends, part by part. How far it is stands in a row of the lease table, for every node.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const string EndingLease = "ending:";
    private const string EverybodyLease = "everybody";
    private const string Stopped = "(stopped)";
    private const string Done = "(done)";
    private const int MostEndings = 20;

    // What is over is told for so long.
    private static readonly TimeSpan _endingsKept = TimeSpan.FromDays(7);

    public async Task<EndedSessions> EndPartAsync(SessionEnding ending, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        await _turns.NextAsync(context.Database, cancellationToken);
        if (Searched(context, ending.Search) is not { } sessions)
        {
            return new EndedSessions(0, null, []);
        }

        var (started, keep, last) = (ending.StartedAt, ending.Keep, ending.Last);
        var ids = await sessions
            .Where(row => row.EndedAt == null && row.CreatedAt <= started && (keep == null || row.Id != keep) && (last == null || row.Id.CompareTo(last.Value) > 0))
            .OrderBy(row => row.Id)
            .Take(EndsPerBatch)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return new EndedSessions(0, null, []);
        }

        var events = await InTransactionAsync(
            context, token => EndRowsAsync(context, Sessions(context).Where(row => ids.Contains(row.Id)), end, EndScope.One, token), cancellationToken);
        return new EndedSessions(ids.Count, ids[^1], events);
    }

    public async Task JudgeEverybodyAsync(DateTimeOffset by, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var row = lease.Context.Set<IdentitySessionLease>().AsNoTracking().IgnoreQueryFilters().Where(judge => judge.Name == EverybodyLease);
        if (!await row.AnyAsync(cancellationToken))
        {
            lease.Context.Add(new IdentitySessionLease { Name = EverybodyLease, LastRanAt = by });
            try
            {
                await lease.Context.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException) when (row.Any())
            {
                // Another operator was first.
            }
        }

        await row.Where(judge => judge.LastRanAt == null || judge.LastRanAt < by)
            .ExecuteUpdateAsync(judge => judge.SetProperty(value => value.LastRanAt, by), cancellationToken);
    }

    public async Task PurgeEndingsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = SessionExpiry.Before(now, _endingsKept);
        await using var lease = contexts.Create(_sweepTimeout);
        await Endings(lease.Context).Where(row => row.LastRanAt < before && (row.Owner == Done || row.Owner == Stopped)).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task AddEndingAsync(SessionEnding ending, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        lease.Context.Add(new IdentitySessionLease { Name = NameOf(ending.Id), LastRanAt = ending.StartedAt, LastResult = EndingJson.Write(ending) });
        await lease.Context.SaveChangesAsync(cancellationToken);
    }

    public async Task<SessionEnding?> FindEndingAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        return await EndingOf(lease.Context, id).FirstOrDefaultAsync(cancellationToken) is { } row ? Read(row) : null;
    }

    public async Task<IReadOnlyList<SessionEnding>> ListEndingsAsync(CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        var rows = await Endings(lease.Context).OrderByDescending(row => row.LastRanAt).Take(MostEndings).ToListAsync(cancellationToken);
        return [.. rows.Select(Read).OfType<SessionEnding>()];
    }

    public async Task<IReadOnlyList<Guid>> FindWaitingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var rows = await Endings(lease.Context)
            .Where(row => row.Owner == null || (row.Owner != Done && row.Owner != Stopped && row.ExpiresAt <= now))
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Read).OfType<SessionEnding>().Select(ending => ending.Id)];
    }

    public async Task<bool> TakeEndingAsync(Guid id, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        return await EndingOf(lease.Context, id)
            .Where(row => row.Owner == null || (row.Owner != Done && row.Owner != Stopped && row.ExpiresAt <= now))
            .ExecuteUpdateAsync(row => row.SetProperty(taken => taken.Owner, owner).SetProperty(taken => taken.ExpiresAt, until), cancellationToken) == 1;
    }

    public async Task<bool> WriteEndingAsync(SessionEnding ending, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var text = EndingJson.Write(ending);
        var next = ending.State == EndingState.Done ? Done : owner;
        var row = EndingOf(lease.Context, ending.Id);
        if (await row.Where(held => held.Owner == owner).ExecuteUpdateAsync(
            held => held.SetProperty(value => value.Owner, next).SetProperty(value => value.ExpiresAt, until).SetProperty(value => value.LastRanAt, now).SetProperty(value => value.LastResult, text),
            cancellationToken) == 1)
        {
            return true;
        }

        await WriteStoppedAsync(row, ending, cancellationToken);
        return false;
    }

    // Stopped while a part was being ended: what it ended counts all the same. Its operator may have been forgotten since this node read the name.
    private static async Task WriteStoppedAsync(IQueryable<IdentitySessionLease> row, SessionEnding ending, CancellationToken cancellationToken)
    {
        var (turn, isWritten) = (0, false);
        while (!isWritten && turn++ < MostTurns && await row.FirstOrDefaultAsync(held => held.Owner == Stopped, cancellationToken) is { } stopped)
        {
            var text = EndingJson.Write(ending with { ActorId = Read(stopped)?.ActorId });
            isWritten = await row
                .Where(held => held.Owner == Stopped && held.LastResult == stopped.LastResult)
                .ExecuteUpdateAsync(held => held.SetProperty(value => value.LastResult, text), cancellationToken) == 1;
        }
    }

    public async Task<bool> SwitchEndingAsync(Guid id, EndingState to, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var row = EndingOf(lease.Context, id);
        return to == EndingState.Stopped
            ? await row.Where(held => held.Owner == null || (held.Owner != Done && held.Owner != Stopped))
                .ExecuteUpdateAsync(held => held.SetProperty(value => value.Owner, Stopped), cancellationToken) == 1
            : await row.Where(held => held.Owner == Stopped)
                .ExecuteUpdateAsync(held => held.SetProperty(value => value.Owner, (string?)null), cancellationToken) == 1;
    }

    // Of an operator who is forgotten: what they began goes on without their name. It is taken from the node that works at it, which would
    // write the name once more; that or another one takes it up anew. Of somebody whose sessions were to be ended: there are none any more.
    private static async Task BlankEndingsAsync(TContext context, IReadOnlyList<string> people, CancellationToken cancellationToken)
    {
        foreach (var row in await Endings(context).Where(row => row.LastResult != null).ToListAsync(cancellationToken))
        {
            var ending = Read(row);
            if (ending?.Search.UserId is { } user && people.Contains(user))
            {
                await EndingOf(context, ending.Id).ExecuteDeleteAsync(cancellationToken);
            }
            else if (ending?.ActorId is { } actor && people.Contains(actor))
            {
                await BlankActorAsync(context, ending.Id, cancellationToken);
            }
        }
    }

    private static async Task BlankActorAsync(TContext context, Guid id, CancellationToken cancellationToken)
    {
        var (turn, isBlank) = (0, false);
        while (!isBlank && turn++ < MostTurns && await EndingOf(context, id).FirstOrDefaultAsync(cancellationToken) is { } row && Read(row) is { } ending)
        {
            var text = EndingJson.Write(ending with { ActorId = null });
            isBlank = await EndingOf(context, id).Where(held => held.LastResult == row.LastResult).ExecuteUpdateAsync(
                held => held
                    .SetProperty(value => value.LastResult, text)
                    .SetProperty(value => value.Owner, value => value.Owner == Done || value.Owner == Stopped ? value.Owner : null),
                cancellationToken) == 1;
        }
    }

    // A ticket without a row is refused where an operator ended everybody's sessions since it was issued.
    private static async Task<DateTimeOffset?> FindJudgeOfEverybodyAsync(TContext context, DateTimeOffset? issuedAt, CancellationToken cancellationToken)
    {
        var by = await context.Set<IdentitySessionLease>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Name == EverybodyLease).Select(row => row.LastRanAt).FirstOrDefaultAsync(cancellationToken);
        return by is { } at && (issuedAt is null || at >= issuedAt) ? at : null;
    }

    private static IQueryable<IdentitySessionLease> Endings(TContext context) =>
        context.Set<IdentitySessionLease>().AsNoTracking().IgnoreQueryFilters().Where(row => row.Name.StartsWith(EndingLease));

    private static IQueryable<IdentitySessionLease> EndingOf(TContext context, Guid id)
    {
        var name = NameOf(id);
        return context.Set<IdentitySessionLease>().AsNoTracking().IgnoreQueryFilters().Where(row => row.Name == name);
    }

    private static string NameOf(Guid id) => $"{EndingLease}{id:N}";

    private static SessionEnding? Read(IdentitySessionLease row) => EndingJson.Read(Guid.ParseExact(row.Name[EndingLease.Length..], "N"), row.LastResult) is { } ending
        ? ending with { State = row.Owner switch { Done => EndingState.Done, Stopped => EndingState.Stopped, _ => EndingState.Running } }
        : null;
}
