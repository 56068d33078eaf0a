namespace Sessions.Identity.Stores;

/// <summary>What is known of the device of a sign-in.</summary>
/// <param name="IsNew">Whether its user did not sign in from it before.</param>
/// <param name="Earlier">The user's live sessions that the new one may take the place of, where that was asked too.</param>
/// <param name="HasRoom">Whether no more of the user's sessions are live than may be, as far as that is known.</param>
internal sealed record DeviceComparison(bool IsNew, IReadOnlyList<EarlierSession>? Earlier = null, bool HasRoom = false);

/// <summary>A session that a new one may take the place of.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsOfBrowser">Whether it is of the same browser.</param>
/// <param name="RememberDigest">The digest of what its browser remembers for the second factor.</param>
internal sealed record EarlierSession(Guid Id, bool IsOfBrowser, string? RememberDigest);
