using Sessions.Identity.Stores;

namespace Sessions.Identity.Revocation;

/// <summary>A sign-out whose end could not be written yet.</summary>
/// <param name="KeyDigest">The digest of the ticket's key, or of the key that it would have been adopted with.</param>
/// <param name="End">Why and when it ended.</param>
/// <param name="Adoption">For a ticket without a row: what its row will be. Only a row that has ended makes that its copies are refused.</param>
internal sealed record DeferredSignOut(string KeyDigest, SessionEnd End, SessionAdoption? Adoption = null)
{
    /// <summary>Whether it is over by itself: no copy of the ticket can be valid any more.</summary>
    public bool IsMootAt(DateTimeOffset now) => Adoption?.Session.ExpiresAt <= now;
}
