namespace Sessions.Identity;

/// <summary>How often somebody signed in on a day, and how often it failed.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="SignIns">How many sign-ins succeeded.</param>
/// <param name="Failures">How many attempts failed that were typed against an identity of theirs.</param>
public sealed record SignInDay(DateOnly Day, int SignIns, int Failures);
