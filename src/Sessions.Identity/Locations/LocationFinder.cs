using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Locations;

/// <summary>Asks the geolocator, whatever it is. One that is slow goes on after the request has stopped waiting for it.</summary>
internal sealed class LocationFinder(
    IServiceScopeFactory scopes, TrackingBoundary boundary, IOptions<UserSessionOptions> options, TimeProvider time, ILogger<LocationFinder> logger)
{
    // A bound on searches under way, also of those that hang for ever: in an outage of a web service more of them are simply not made.
    private const int MostUnderWay = 64;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private int _underWay;

    /// <summary>Finds where an address is.</summary>
    /// <param name="budget">What the request may spend on it.</param>
    /// <param name="address">The address.</param>
    /// <param name="told">What a CDN told of it.</param>
    /// <returns>The place, or what is known of it so far and what will be.</returns>
    public async Task<FoundLocation> FindAsync(TrackingBudget budget, IPAddress? address, IpLocation? told)
    {
        if (address is null || SpecialAddresses.Contain(address))
        {
            return default;
        }

        told = Kept(told);
        if (budget.Left == TimeSpan.Zero)
        {
            // Something else has used it up: the request is in trouble enough.
            return new FoundLocation(told);
        }

        if (Interlocked.Increment(ref _underWay) > MostUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            logger.LocationNotAsked();
            return new FoundLocation(told);
        }

        // On a thread of its own and in a scope of its own: it may block, and it may outlive the request.
        var search = Task.Run(() => SearchAsync(address, told), CancellationToken.None);
        var waited = await boundary.RunAsync(budget, TrackingStep.LocateAddress, token => WaitAsync(search, token));
        return search switch
        {
            { IsCompletedSuccessfully: true } => new FoundLocation(await search),
            { IsCompleted: false } when waited || budget.Left == TimeSpan.Zero => new FoundLocation(told, search),
            _ => new FoundLocation(told),
        };
    }

    private async Task WaitAsync(Task search, CancellationToken cancellationToken)
    {
        try
        {
            await search.WaitAsync(options.Value.Geolocation.MaxWait, time, cancellationToken);
        }
        catch (TimeoutException) when (!search.IsCompleted)
        {
            // Slow is no fault: it is filled in when it comes.
        }
    }

    private async Task<IpLocation?> SearchAsync(IPAddress address, IpLocation? told)
    {
        using var limit = new CancellationTokenSource(_longest, time);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var geolocator = scope.ServiceProvider.GetService<IIpGeolocator>();
            var located = geolocator is null ? null : await geolocator.LocateAsync(address, limit.Token);
            return Joined(told, Kept(located));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    // Whoever knows the city knows more; the network, and the country's name in the app's language, are the geolocator's to tell.
    private static IpLocation? Joined(IpLocation? told, IpLocation? located)
    {
        if (told is null || located is null)
        {
            return located ?? told;
        }

        if (told.City is null && located.DisplayName is not null)
        {
            return located;
        }

        return told with
        {
            Country = located.CountryCode == told.CountryCode ? located.Country ?? told.Country : told.Country,
            AutonomousSystemNumber = located.AutonomousSystemNumber,
            Organization = located.Organization,
        };
    }

    // Coordinates are rounded before anything is kept. Half a pair, or one that is not on earth, is none.
    private IpLocation? Kept(IpLocation? location)
    {
        if (location is null)
        {
            return null;
        }

        var isPair = location is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 };
        return location with { Latitude = isPair ? Round(location.Latitude) : null, Longitude = isPair ? Round(location.Longitude) : null };
    }

    private double? Round(double? degrees) => degrees is { } value ? Math.Round(value, options.Value.CoordinateDecimals) : null;
}
