using Microsoft.AspNetCore.Authorization;

namespace Sessions.Identity;

/// <summary>Requires that the person entered their credentials lately, on the very session that the request belongs to.</summary>
/// <param name="maxAge">How lately; <see langword="null"/> for <see cref="AccessConfirmationOptions.MaxAge"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">The age is not longer than zero.</exception>
/// <remarks>
/// It fails closed: a request without a tracked session, or while sessions can't be checked, does not meet it. It asks the database nothing of
/// its own. Immutable.
/// </remarks>
public sealed class ConfirmedAccessRequirement(TimeSpan? maxAge = null) : IAuthorizationRequirement
{
    /// <summary>Gets how lately; <see langword="null"/> for <see cref="AccessConfirmationOptions.MaxAge"/>.</summary>
    public TimeSpan? MaxAge { get; } = maxAge > TimeSpan.Zero || maxAge is null ? maxAge : throw new ArgumentOutOfRangeException(nameof(maxAge), maxAge, "Must be longer than zero.");
}
