using System.Linq.Expressions;
using System.Net;
using Sessions.Identity.Locations;
using Sessions.Identity.SignIn;

namespace Sessions.Identity;

/// <summary>
/// Questions to the trail that combine and are answered by the database:
/// <c>db.Set&lt;IdentitySessionEvent&lt;string&gt;&gt;().FailedSignIns().Last24Hours().ForIpAddress(address).NewestFirst()</c>.
/// </summary>
/// <remarks>They see everybody's events: they are for operators. A person's own history comes from <see cref="ICurrentUserSessions"/>.</remarks>
public static class SessionEventQueryExtensions
{
    /// <summary>Sign-ins that succeeded.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> SignIns<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events) =>
        OfKind(events, SessionEventKind.SignedIn);

    /// <summary>Attempts to sign in that failed.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> FailedSignIns<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events) =>
        OfKind(events, SessionEventKind.SignInFailed);

    /// <summary>Sign-outs on the device itself.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> SignOuts<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events) =>
        OfKind(events, SessionEventKind.SignedOut);

    /// <summary>Sessions that were ended by decision.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> Revocations<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events) =>
        OfKind(events, SessionEventKind.Revoked);

    /// <summary>Sessions that ended because their time was over.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> Expirations<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events) =>
        OfKind(events, SessionEventKind.Expired);

    /// <summary>Sign-ins from a device that was new to the user.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> NewDevices<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Where(row => row.IsNewDevice);
    }

    /// <summary>What happened in the last 24 hours.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> Last24Hours<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events, TimeProvider? time = null) =>
        events.LastDays(1, time);

    /// <summary>What happened in the last days, each of 24 hours.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="days">How many days.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> LastDays<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events, int days, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var since = (time ?? TimeProvider.System).GetUtcNow().AddDays(-days);
        return events.Where(row => row.OccurredAt >= since);
    }

    /// <summary>What happened within a span of time.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="from">Its beginning, which belongs to it.</param>
    /// <param name="to">Its end, which does not.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> Between<TKey>(
        this IQueryable<IdentitySessionEvent<TKey>> events, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Where(row => row.OccurredAt >= from && row.OccurredAt < to);
    }

    /// <summary>What came from an address. With <see cref="IpAddressMode.Truncated"/> give the network's own address.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="address">The address. IPv4 is the same mapped into IPv6 or not.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> ForIpAddress<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(address);
        var bytes = ClientAddress.Bytes(ClientAddress.Normalize(address, IpAddressMode.Full));
        return events.Where(row => row.IpAddressBytes == bytes);
    }

    /// <summary>Failed attempts that were typed against a name, address or number.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="identity">What was typed. Blanks around it and upper case don't matter.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> ForIdentity<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events, string identity)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentException.ThrowIfNullOrWhiteSpace(identity);
        var typed = TypedIdentity.Normalize(identity);
        return events.Where(row => row.Identity == typed);
    }

    /// <summary>One user's events. Failed attempts never link to an account: see <see cref="ForIdentity"/>.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="userId">The user's id.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> ForUser<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events, TKey userId)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(userId);

        // The column may be nullable where the key is not, so the comparison is built for whatever type it has.
        var row = Expression.Parameter(typeof(IdentitySessionEvent<TKey>));
        Expression<Func<TKey>> value = () => userId;
        var isUser = Expression.Equal(Expression.Property(row, nameof(IdentitySessionEvent<>.UserId)), value.Body);
        return events.Where(Expression.Lambda<Func<IdentitySessionEvent<TKey>, bool>>(isUser, row));
    }

    /// <summary>What came from a country.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="countryCode">Its ISO 3166-1 alpha-2 code, in either case.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> ByCountry<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events, string countryCode)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(countryCode);
        var code = countryCode.ToUpperInvariant();
        return events.Where(row => row.CountryCode == code);
    }

    /// <summary>Sign-ins of a method, or attempts at it.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <param name="method">One of <see cref="SignInMethod"/>, or a host's own.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentitySessionEvent<TKey>> ByMethod<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events, string method)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Where(row => row.SignInMethod == method);
    }

    /// <summary>Puts the newest first. Events of one instant have an order too.</summary>
    /// <typeparam name="TKey">The type of the column that holds the user's id.</typeparam>
    /// <param name="events">The events.</param>
    /// <returns>The same, in that order.</returns>
    public static IOrderedQueryable<IdentitySessionEvent<TKey>> NewestFirst<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id);
    }

    private static IQueryable<IdentitySessionEvent<TKey>> OfKind<TKey>(IQueryable<IdentitySessionEvent<TKey>> events, string kind)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Where(row => row.Kind == kind);
    }
}
