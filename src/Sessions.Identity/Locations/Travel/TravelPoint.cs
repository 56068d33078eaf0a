using Sessions.Identity.Stores;

namespace Sessions.Identity.Locations.Travel;

/// <summary>A sign-in whose coordinates are known.</summary>
internal sealed record TravelPoint(Guid EventId, DateTimeOffset At, double Latitude, double Longitude, string? CountryCode, bool IsLocal)
{
    /// <summary>The point of an event, or null where its place is not known well enough.</summary>
    public static TravelPoint? Of(SessionEventDescriptor signedIn) => Of(signedIn, signedIn.Origin.Location);

    public static TravelPoint? Of(SessionEventDescriptor signedIn, IpLocation? location) =>
        location is { Latitude: { } latitude, Longitude: { } longitude }
            ? new TravelPoint(signedIn.Id, signedIn.OccurredAt, latitude, longitude, location.CountryCode, IsLocal: location.City is not null || location.Region is not null)
            : null;
}
