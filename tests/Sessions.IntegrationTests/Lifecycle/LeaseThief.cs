using Sessions.Identity;
using Sessions.Identity.Forgetting;
using Sessions.Identity.Stores;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>The real store of a sweep that loses its lease to another node after a batch of one kind of its work.</summary>
internal sealed class LeaseThief(IUserSessionMaintenance inner, Func<string> victim, Func<Task> takeAwayAsync) : IUserSessionMaintenance
{
    public Task<ISweepLease?> TryLeaseAsync(CancellationToken cancellationToken) => inner.TryLeaseAsync(cancellationToken);

    public Task<string?> FindLastSweepAsync(CancellationToken cancellationToken) => inner.FindLastSweepAsync(cancellationToken);

    public Task<IReadOnlyDictionary<string, Guid>> FindIdsAsync(IReadOnlyCollection<string> keyDigests, CancellationToken cancellationToken) =>
        inner.FindIdsAsync(keyDigests, cancellationToken);

    public Task TouchManyAsync(IReadOnlyCollection<Guid> ids, DateTimeOffset at, DateTimeOffset dueBefore, CancellationToken cancellationToken) =>
        inner.TouchManyAsync(ids, at, dueBefore, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<SessionEventInfo>> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        RobAsync(SweepWork.Expire, inner.ExpireAsync(now, cancellationToken));

    public IAsyncEnumerable<IReadOnlyList<SessionEventInfo>> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        RobAsync(SweepWork.Prune, inner.PruneAsync(now, cancellationToken));

    public IAsyncEnumerable<int> PurgeEventsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        RobAsync(SweepWork.PurgeEvents, inner.PurgeEventsAsync(now, cancellationToken));

    public IAsyncEnumerable<int> PurgeEndedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        RobAsync(SweepWork.PurgeEnded, inner.PurgeEndedAsync(now, cancellationToken));

    public Task PurgeBurstsAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PurgeBurstsAsync(now, cancellationToken);

    public Task PurgeEndingsAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PurgeEndingsAsync(now, cancellationToken);

    public IAsyncEnumerable<int> ForgetVanishedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        RobAsync(SweepWork.ForgetVanished, inner.ForgetVanishedAsync(now, cancellationToken));

    public Task ForgetAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken) => inner.ForgetAsync(userId, at, cancellationToken);

    public Task<bool> ForgetDeletedAsync(DeletedUser user, TimeSpan turn, CancellationToken cancellationToken) =>
        inner.ForgetDeletedAsync(user, turn, cancellationToken);

    public Task<SessionsPersonalData> ReadPersonalDataAsync(string userId, CancellationToken cancellationToken) =>
        inner.ReadPersonalDataAsync(userId, cancellationToken);

    private async IAsyncEnumerable<T> RobAsync<T>(string work, IAsyncEnumerable<T> batches)
    {
        await foreach (var batch in batches)
        {
            if (victim() == work)
            {
                await takeAwayAsync();
            }

            yield return batch;
        }
    }
}

/// <summary>What a sweep does, one after the other.</summary>
internal static class SweepWork
{
    public const string Expire = nameof(Expire);
    public const string Prune = nameof(Prune);
    public const string PurgeEvents = nameof(PurgeEvents);
    public const string PurgeEnded = nameof(PurgeEnded);
    public const string ForgetVanished = nameof(ForgetVanished);
    public const string None = nameof(None);
}
