using System.Net;

namespace Sessions.Identity;

/// <summary>Which events an operator looks for. What is not set is not asked for; what is set must all hold.</summary>
public sealed record SessionEventSearch
{
    /// <summary>Gets the search for everything.</summary>
    public static SessionEventSearch Everything { get; } = new();

    /// <summary>Gets the id of the user whose events these are. A failed attempt has no user: see <see cref="Identity"/>.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets what was typed into the name field. Blanks around it and upper case don't matter.</summary>
    public string? Identity { get; init; }

    /// <summary>Gets the address or the network that they came from. IPv4 is the same mapped into IPv6 or not; a network of IPv6 has no other IPv4 in it.</summary>
    public IPNetwork? Network { get; init; }

    /// <summary>Gets the country, as ISO 3166-1 alpha-2, in either case.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Gets words that the device's name has in it, in any order, such as "firefox windows": from one to six of them, else nothing is found.</summary>
    public string? Device { get; init; }

    /// <summary>Gets the method: one of <see cref="SignInMethod"/>, or a host's own.</summary>
    public string? Method { get; init; }

    /// <summary>Gets what happened: one of <see cref="SessionEventKind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets why attempts failed: one of <see cref="SignInFailureReason"/>, or a host's own.</summary>
    public string? FailureReason { get; init; }

    /// <summary>Gets what was noticed at a sign-in.</summary>
    public SessionOddity Oddity { get; init; }

    /// <summary>Gets since when, that instant included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets until when, that instant excluded.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>What may be noticed at a sign-in.</summary>
public enum SessionOddity
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>The device was new to its user.</summary>
    NewDevice,

    /// <summary>Nobody could have travelled there from the sign-in before.</summary>
    ImpossibleTravel,
}
