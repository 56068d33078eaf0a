namespace Sessions.Identity;

/// <summary>Why sessions are revoked, by whom, with what note.</summary>
public sealed class SessionRevocation
{
    /// <summary>Gets the reason: one of <see cref="SessionEndReason"/>, or a host's own of up to 32 characters.</summary>
    /// <value><see cref="SessionEndReason.RevokedByAdmin"/> by default.</value>
    public string Reason { get; init; } = SessionEndReason.RevokedByAdmin;

    /// <summary>Gets who revokes: an id or a name, for the trail.</summary>
    public string? ActorId { get; init; }

    /// <summary>Gets a note in the operator's words. Kept in the trail, shown to operators only, cut at 512 characters.</summary>
    public string? Note { get; init; }
}
