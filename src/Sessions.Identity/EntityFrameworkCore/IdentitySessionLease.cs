namespace Sessions.Identity;

/// <summary>A small lease, so that one node at a time runs the sweep, and the result of its last run. Times are UTC.</summary>
public class IdentitySessionLease
{
    /// <summary>What is leased.</summary>
    public virtual string Name { get; set; } = default!;

    /// <summary>The node that holds it.</summary>
    public virtual string? Owner { get; set; }

    /// <summary>When the lease may be taken by another node.</summary>
    public virtual DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the work last ended.</summary>
    public virtual DateTimeOffset? LastRanAt { get; set; }

    /// <summary>The last run's result, as JSON.</summary>
    public virtual string? LastResult { get; set; }
}
