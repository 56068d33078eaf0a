using Sessions.Identity.Stores;

namespace Sessions.Identity.Revocation;

/// <summary>A sign-out whose end could not be written yet.</summary>
internal sealed record DeferredSignOut(string KeyDigest, SessionEnd End);
