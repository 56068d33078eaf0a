using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Locations.Databases;

/// <summary>Locates addresses by the MaxMind files that the options name; without any, nowhere.</summary>
internal sealed class MaxMindGeolocator : IIpGeolocator, IDisposable
{
    private readonly LocationDatabase? _places;
    private readonly LocationDatabase? _networks;

    public MaxMindGeolocator(
        IOptions<UserSessionOptions> options, PlaceLanguage language, TimeProvider time, ILogger<MaxMindGeolocator> logger, IHostEnvironment? environment = null)
    {
        var settings = options.Value.Geolocation;
        var root = environment?.ContentRootPath ?? AppContext.BaseDirectory;
        _places = At(settings.DatabasePath, DatabaseRole.Places);
        _networks = At(settings.AsnDatabasePath, DatabaseRole.Networks);

        LocationDatabase? At(string? path, DatabaseRole role) =>
            string.IsNullOrWhiteSpace(path) ? null : new LocationDatabase(role, path, Path.GetFullPath(path, root), language.Locales, time, logger);
    }

    public ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken) => new(Locate(address));

    public IpLocation? Locate(IPAddress address)
    {
        var place = _places?.Read(address, static (database, address) => DatabaseAnswers.PlaceOf(database, address));
        var network = _networks?.Read(address, static (database, address) => DatabaseAnswers.NetworkOf(database, address));
        return network is null ? place : (place ?? network) with { AutonomousSystemNumber = network.AutonomousSystemNumber, Organization = network.Organization };
    }

    public void Dispose()
    {
        _places?.Dispose();
        _networks?.Dispose();
    }
}
