using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what operators see at a glance. Counted by the database, by the index of kind and time.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private static readonly string[] _countedKinds = [SessionEventKind.SignedIn, SessionEventKind.SignInFailed, SessionEventKind.Revoked];

    // The reasons that prove that an account was found.
    private static readonly string[] _accountReasons =
    [
        SignInFailureReason.WrongPassword, SignInFailureReason.LockedOut, SignInFailureReason.NotAllowed,
        SignInFailureReason.WrongTwoFactorCode, SignInFailureReason.WrongRecoveryCode,
    ];

    public async Task<SessionCount> CountAsync(UserSessionSearch search, Guid? keep, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        return Searched(lease.Context, search) is { } sessions ? await CountAsync(LiveBut(keep, sessions), cancellationToken) : new SessionCount(0, 0);
    }

    public async Task<(SessionCount Count, bool AreMore)> CountSomeAsync(UserSessionSearch search, Guid? keep, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        if (Searched(lease.Context, search) is not { } sessions)
        {
            return (new SessionCount(0, 0), false);
        }

        DateTimeOffset? end = null;
        if (search is { UserId: null, Network: null })
        {
            end = await EndOfLookAsync(lease.Context, search, after: null, cancellationToken);
            sessions = end is { } from ? sessions.Where(row => row.CreatedAt >= from) : sessions;
        }

        // In the order of the index that ends the soonest: else all that is live is put together first.
        var live = LiveBut(keep, sessions);
        live = search is { UserId: null, Network: not null } ? live.OrderBy(row => row.IpAddressBytes) : live;
        var count = await CountAsync(live.Take(Bounds.Counted), cancellationToken);
        return (count, end is not null || count.Sessions == Bounds.Counted);
    }

    public async Task<IReadOnlyList<SessionHour>> CountHoursAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        var counted = await Events(lease.Context)
            .Where(row => _countedKinds.Contains(row.Kind) && row.OccurredAt >= since)
            .GroupBy(HourOf(lease.Context))
            .Select(rows => new { rows.Key.Day, rows.Key.Hour, rows.Key.Kind, rows.Key.IsNewDevice, rows.Key.IsFar, Count = rows.Count() })
            .ToListAsync(cancellationToken);
        return [.. counted
            .GroupBy(part => new DateTimeOffset(DateTime.SpecifyKind(part.Day, DateTimeKind.Unspecified), TimeSpan.Zero).AddHours(part.Hour))
            .Select(hour => new SessionHour(
                hour.Key,
                hour.Where(part => part.Kind == SessionEventKind.SignedIn).Sum(part => part.Count),
                hour.Where(part => part.Kind == SessionEventKind.SignInFailed).Sum(part => part.Count),
                hour.Where(part => part.Kind == SessionEventKind.SignedIn && part.IsNewDevice).Sum(part => part.Count),
                hour.Where(part => part.Kind == SessionEventKind.SignedIn && part.IsFar).Sum(part => part.Count),
                hour.Where(part => part.Kind == SessionEventKind.Revoked).Sum(part => part.Count)))];
    }

    public async Task<IReadOnlyList<FailureSource>> FindSourcesAsync(DateTimeOffset since, int count, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        return await FailuresSince(lease.Context, since)
            .GroupBy(row => row.IpAddress)
            .Select(rows => new
            {
                rows.Key,
                Failures = rows.Count(),
                Identities = rows.Select(row => row.Identity).Distinct().Count(),
                Accounts = rows.Where(row => _accountReasons.Contains(row.FailureReason)).Select(row => row.Identity).Distinct().Count(),
            })
            .OrderByDescending(source => source.Failures)
            .ThenBy(source => source.Key)
            .Take(count)
            .Select(source => new FailureSource(source.Key, source.Failures, source.Identities, source.Accounts))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<FailureTarget>> FindTargetsAsync(DateTimeOffset since, int count, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        return await FailuresSince(lease.Context, since)
            .Where(row => row.Identity != null)
            .GroupBy(row => row.Identity)
            .Select(rows => new
            {
                rows.Key,
                Failures = rows.Count(),
                Addresses = rows.Select(row => row.IpAddress).Distinct().Count(),
                Found = rows.Count(row => _accountReasons.Contains(row.FailureReason)),
            })
            .OrderByDescending(target => target.Failures)
            .ThenBy(target => target.Key)
            .Take(count)
            .Select(target => new FailureTarget(target.Key!, target.Failures, target.Addresses, target.Found > 0))
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> RecordViewAsync(SessionEventDescriptor viewed, string? actorId, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        if (await Events(lease.Context).AnyAsync(row => row.WriteKey == viewed.WriteKey, cancellationToken))
        {
            return false;
        }

        var row = SessionRows.Row<TEventKey>(viewed);
        row.ActorId = ColumnLengths.Cut(actorId, ColumnLengths.ActorId);
        lease.Context.Add(row);
        try
        {
            await lease.Context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // The same operator's other tab was first; else it can't be written, and nothing may be shown.
            if (await Events(lease.Context).AnyAsync(written => written.WriteKey == viewed.WriteKey, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }

    private static IQueryable<IdentitySessionEvent<TEventKey>> FailuresSince(TContext context, DateTimeOffset since) =>
        Events(context).Where(row => row.Kind == SessionEventKind.SignInFailed && row.OccurredAt >= since);

    // As with days: SQLite's provider knows the hour of a DateTime only.
    private static Expression<Func<IdentitySessionEvent<TEventKey>, HourKey>> HourOf(TContext context) =>
        context.Database.ProviderName == ProviderNames.Sqlite
            ? row => new HourKey
            {
                Day = ((DateTime)(object)row.OccurredAt).Date,
                Hour = ((DateTime)(object)row.OccurredAt).Hour,
                Kind = row.Kind,
                IsNewDevice = row.IsNewDevice,
                IsFar = row.IsImpossibleTravel,
            }
            : row => new HourKey { Day = row.OccurredAt.Date, Hour = row.OccurredAt.Hour, Kind = row.Kind, IsNewDevice = row.IsNewDevice, IsFar = row.IsImpossibleTravel };

    private IQueryable<IdentityUserSession<TKey>> LiveBut(Guid? keep, IQueryable<IdentityUserSession<TKey>> sessions) =>
        sessions.ThatCanBeValid(options.Value.Cutoffs(time.GetUtcNow())).Where(row => keep == null || row.Id != keep);

    private static async Task<SessionCount> CountAsync(IQueryable<IdentityUserSession<TKey>> sessions, CancellationToken cancellationToken)
    {
        var counted = await sessions.Select(row => row.UserId)
            .GroupBy(_ => 1)
            .Select(all => new { Sessions = all.Count(), Users = all.Distinct().Count() })
            .FirstOrDefaultAsync(cancellationToken);
        return new SessionCount(counted?.Sessions ?? 0, counted?.Users ?? 0);
    }

    private sealed record HourKey
    {
        public DateTime Day { get; init; }

        public int Hour { get; init; }

        public string Kind { get; init; } = string.Empty;

        public bool IsNewDevice { get; init; }

        public bool IsFar { get; init; }
    }
}
