namespace Sessions.Identity.Limits;

/// <summary>The sessions that are in the way of one more, and how many of them must end.</summary>
internal sealed record Crowd(LimitRule Rule, IReadOnlyList<UserSessionInfo> Sessions)
{
    public int Surplus => Sessions.Count + 1 - Rule.Most;

    /// <summary>Looks whether one more would be too many.</summary>
    /// <returns>The sessions to choose from, or <see langword="null"/> if there is room.</returns>
    public static Crowd? Of(SignInLimits limits, string? deviceType, IReadOnlyList<UserSessionInfo> others) => limits.Rules
        .Where(rule => rule.Covers(deviceType))
        .Select(rule => new Crowd(rule, [.. others.Where(session => rule.Covers(session.Device.DeviceType))]))
        .Where(crowd => crowd.Surplus > 0)
        .OrderByDescending(crowd => crowd.Surplus)
        .FirstOrDefault();
}
