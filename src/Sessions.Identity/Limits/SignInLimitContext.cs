using System.Security.Claims;

namespace Sessions.Identity;

/// <summary>Who signs in, for <see cref="ConcurrentSignInOptions.ForUser"/>.</summary>
public sealed class SignInLimitContext
{
    internal SignInLimitContext(string userId, ClaimsPrincipal principal, SignInLimits limits, IServiceProvider services, CancellationToken cancellationToken)
    {
        UserId = userId;
        Principal = principal;
        Limits = limits;
        Services = services;
        CancellationToken = cancellationToken;
    }

    /// <summary>The user's id.</summary>
    public string UserId { get; }

    /// <summary>The user's claims, their roles among them.</summary>
    public ClaimsPrincipal Principal { get; }

    /// <summary>The limits that the options have for everybody.</summary>
    public SignInLimits Limits { get; }

    /// <summary>The services of a scope of its own, which ends with the call.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The token that is cancelled when the call is given up: it must answer within a part of <see cref="UserSessionOptions.TrackingTimeout"/>.</summary>
    public CancellationToken CancellationToken { get; }
}
