using System.Collections.Concurrent;

namespace Sessions.Identity.Validation;

/// <summary>A burst of requests with one cookie writes one row: the others of this process wait for it instead of colliding with it.</summary>
internal sealed class AdoptionGate
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _underWay = new();

    /// <summary>Runs what adopts the ticket of a key, one at a time.</summary>
    public async Task<T> RunAsync<T>(string keyDigest, Func<Task<T>> adopt, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_underWay.GetOrAdd(keyDigest, mine) is { } first && first != mine)
        {
            await first.Task.WaitAsync(cancellationToken);
        }

        // Who is given up makes way at once, even if its write still hangs.
        await using var givenUp = cancellationToken.Register(() => MakeWay(keyDigest, mine));
        try
        {
            return await adopt();
        }
        finally
        {
            MakeWay(keyDigest, mine);
        }
    }

    private void MakeWay(string keyDigest, TaskCompletionSource mine)
    {
        _underWay.TryRemove(new KeyValuePair<string, TaskCompletionSource>(keyDigest, mine));
        mine.TrySetResult();
    }
}
