namespace Sessions.Identity;

/// <summary>How many sessions, and how many people have them.</summary>
/// <param name="Sessions">The number of sessions.</param>
/// <param name="Users">The number of people.</param>
public sealed record SessionCount(int Sessions, int Users);
