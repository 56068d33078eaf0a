namespace Sessions.Identity.Stores;

/// <summary>A prepared write of a place that comes later. It no longer needs the scope that it was prepared in.</summary>
internal interface ILocationWrite : IAsyncDisposable
{
    /// <summary>Fills the place into what was written without it, and what follows from it: how far the user's sign-ins are apart.</summary>
    /// <returns>The sign-ins that turn out to be too far from the one before them.</returns>
    Task<IReadOnlyList<SessionEventInfo>> FillAsync(LocationTarget target, IpLocation location, CancellationToken cancellationToken);
}
