namespace Sessions.Identity.Stores;

/// <summary>The right to sweep: one node has it at a time. Lost with the node, or by disposal.</summary>
internal interface ISweepLease : IAsyncDisposable
{
    /// <summary>Makes sure that this node still has it. Called between batches.</summary>
    /// <exception cref="SweepLeaseLostException">Another node may have it.</exception>
    Task KeepAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the result, where every node can read it.</summary>
    Task CompleteAsync(DateTimeOffset at, string result, CancellationToken cancellationToken);
}
