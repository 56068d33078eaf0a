namespace Sessions.Identity;

/// <summary>A request feature that tells which session the request belongs to. Absent where there is none.</summary>
public interface IUserSessionFeature
{
    /// <summary>The session's id. It is no credential.</summary>
    Guid SessionId { get; }
}
