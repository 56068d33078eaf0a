namespace Sessions.Identity.Stores;

/// <summary>What must lie after these instants for a session to be valid still. The beginning of time where there is no such limit.</summary>
internal sealed record ExpiryCutoffs
{
    /// <summary>A session last seen at or before it was idle for too long.</summary>
    public DateTimeOffset SeenBy { get; init; } = DateTimeOffset.MinValue;

    /// <summary>A session begun at or before it is too old, whatever its activity.</summary>
    public DateTimeOffset CreatedBy { get; init; } = DateTimeOffset.MinValue;

    /// <summary>A ticket that ends at or before it can't be valid any more.</summary>
    public DateTimeOffset TicketEndsBy { get; init; } = DateTimeOffset.MinValue;

    public bool HasOptions => SeenBy > DateTimeOffset.MinValue || CreatedBy > DateTimeOffset.MinValue;

    public bool IsOver(SessionRecord session) => IsOver(session.CreatedAt, session.LastSeenAt, session.ExpiresAt);

    public bool IsOver(DateTimeOffset createdAt, DateTimeOffset lastSeenAt, DateTimeOffset? expiresAt) =>
        createdAt <= CreatedBy || lastSeenAt <= SeenBy || expiresAt <= TicketEndsBy;
}
