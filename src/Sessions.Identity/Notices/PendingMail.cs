using Sessions.Identity.Events;

namespace Sessions.Identity.Notices;

/// <summary>A mail that is to be sent. It has one key, however often it is tried.</summary>
internal sealed class PendingMail(HookEvent signedIn)
{
    public HookEvent SignedIn { get; } = signedIn;

    public NoticeKey Key { get; } = NoticeKey.New();

    /// <summary>How often it was tried.</summary>
    public int Tries { get; set; }
}
