using System.Net;

namespace Sessions.Identity;

/// <summary>Which sessions an operator looks for, or ends. What is not set is not asked for; what is set must all hold.</summary>
public sealed record UserSessionSearch
{
    /// <summary>Gets the search for everybody's live sessions.</summary>
    public static UserSessionSearch Everybody { get; } = new();

    /// <summary>Gets the id of the user whose sessions these are.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the address or the network that they were begun from. IPv4 is the same mapped into IPv6 or not; a network of IPv6 has no other IPv4 in it.</summary>
    public IPNetwork? Network { get; init; }

    /// <summary>Gets the country that they were begun in, as ISO 3166-1 alpha-2, in either case.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Gets words that the device's name has in it, in any order, such as "firefox windows": from one to six of them, else nothing is found.</summary>
    public string? Device { get; init; }

    /// <summary>Gets how they were begun: one of <see cref="SignInMethod"/>, or a host's own.</summary>
    public string? Method { get; init; }

    /// <summary>Gets whether sessions that have ended are looked for too. Only live ones are ever ended.</summary>
    public bool IncludeEnded { get; init; }

    /// <summary>Gets since when they were begun, that instant included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets until when they were begun, that instant excluded.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether it names nobody and nothing but a time: then it is everybody.</summary>
    internal bool IsEverybody => UserId is null && Network is null && CountryCode is null && Device is null && Method is null && From is null;

    /// <summary>Whether it names nobody and nothing that tells people apart: whoever ends what it finds ends nearly everybody.</summary>
    internal bool IsNearlyEverybody => UserId is null && CountryCode is null && Device is null && Method is null && Network is not { PrefixLength: >= 8 };

    /// <summary>Whether it names a user and nothing else.</summary>
    internal bool IsOneUser => UserId is not null && this with { UserId = null, IncludeEnded = false } == Everybody;
}
