using Microsoft.EntityFrameworkCore.Query;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What is taken out of events that stay although their person's data do not.</summary>
internal static class EventBlanks
{
    /// <summary>Everything but whose it is, what happened, and when.</summary>
    public static void Personal<TEventKey>(UpdateSettersBuilder<IdentitySessionEvent<TEventKey>> row) => row
        .SetProperty(stored => stored.DeviceId, (string?)null)
        .SetProperty(stored => stored.Provider, (string?)null)
        .SetProperty(stored => stored.MethodDetail, (string?)null)
        .SetProperty(stored => stored.IpAddress, (string?)null)
        .SetProperty(stored => stored.IpAddressBytes, (byte[]?)null)
        .SetProperty(stored => stored.UserAgent, (string?)null)
        .SetProperty(stored => stored.ClientHints, (string?)null)
        .SetProperty(stored => stored.Browser, (string?)null)
        .SetProperty(stored => stored.BrowserVersion, (string?)null)
        .SetProperty(stored => stored.OperatingSystem, (string?)null)
        .SetProperty(stored => stored.OperatingSystemVersion, (string?)null)
        .SetProperty(stored => stored.DeviceType, (string?)null)
        .SetProperty(stored => stored.DeviceModel, (string?)null)
        .SetProperty(stored => stored.AppName, (string?)null)
        .SetProperty(stored => stored.AppVersion, (string?)null)
        .SetProperty(stored => stored.AppBuild, (string?)null)
        .SetProperty(stored => stored.CountryCode, (string?)null)
        .SetProperty(stored => stored.Country, (string?)null)
        .SetProperty(stored => stored.Region, (string?)null)
        .SetProperty(stored => stored.City, (string?)null)
        .SetProperty(stored => stored.AutonomousSystemNumber, (long?)null)
        .SetProperty(stored => stored.Organization, (string?)null)
        .SetProperty(stored => stored.Latitude, (double?)null)
        .SetProperty(stored => stored.Longitude, (double?)null)
        .SetProperty(stored => stored.TravelDistance, (double?)null)
        .SetProperty(stored => stored.TravelSeconds, (long?)null)
        .SetProperty(stored => stored.TraceId, (string?)null)
        .SetProperty(stored => stored.Endpoint, (string?)null)
        .SetProperty(stored => stored.ActorId, (string?)null)
        .SetProperty(stored => stored.Note, (string?)null)
        .SetProperty(stored => stored.Metadata, (string?)null);

    /// <summary>Whose it is. What happened, when and from where stays.</summary>
    public static void Person<TEventKey>(UpdateSettersBuilder<IdentitySessionEvent<TEventKey>> row) => row
        .SetProperty(stored => stored.UserId, default(TEventKey))
        .SetProperty(stored => stored.Identity, (string?)null)
        .SetProperty(stored => stored.DeviceId, (string?)null)
        .SetProperty(stored => stored.Metadata, (string?)null)
        .SetProperty(stored => stored.WriteKey, stored => stored.Kind == SessionEventKind.TrailViewed ? null : stored.WriteKey);

    /// <summary>Who did it. The key by which a view is told once is made of who looked at whose trail.</summary>
    public static void Actor<TEventKey>(UpdateSettersBuilder<IdentitySessionEvent<TEventKey>> row) => row
        .SetProperty(stored => stored.ActorId, (string?)null)
        .SetProperty(stored => stored.WriteKey, stored => stored.Kind == SessionEventKind.TrailViewed ? null : stored.WriteKey);
}
