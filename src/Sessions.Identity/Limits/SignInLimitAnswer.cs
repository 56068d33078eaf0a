namespace Sessions.Identity;

/// <summary>What happens when somebody signs in who is signed in on as many devices as they may be.</summary>
public enum SignInLimitAnswer
{
    /// <summary>The oldest of their sessions ends, and its device tells why.</summary>
    EndOldest,

    /// <summary>
    /// They choose which of their devices to sign out, or turn back: once every factor is passed, and only where a form of a page signs in
    /// and a redirect follows. Everywhere else, and in an app without the pages of Sessions.UI, the oldest ends.
    /// </summary>
    Ask,
}
