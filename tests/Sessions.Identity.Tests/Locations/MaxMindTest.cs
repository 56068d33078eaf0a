using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sessions.Identity.Locations;
using Sessions.Identity.Locations.Databases;

namespace Sessions.Identity.Tests.Locations;

/// <summary>A geolocator over files, its clock and its log.</summary>
public abstract class MaxMindTest : IDisposable
{
    protected static readonly IPAddress London = IPAddress.Parse("81.2.69.160");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessions-geo-");
    private readonly List<IDisposable> _open = [];

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    private protected FakeLogger<MaxMindGeolocator> Log { get; } = new();

    protected IReadOnlyList<string> Warnings => [.. Log.Collector.GetSnapshot().Where(line => line.Level >= LogLevel.Warning).Select(line => line.Message)];

    /// <summary>A file of the test's own, so that it may be replaced.</summary>
    protected string Copy(string name, string? to = null)
    {
        var path = Path.Combine(_folder.FullName, to ?? "places.mmdb");
        File.Copy(MaxMindFiles.Path(name), path, overwrite: true);
        return path;
    }

    protected string Missing => Path.Combine(_folder.FullName, "missing.mmdb");

    /// <summary>Puts a file in another's place at once, as geoipupdate does.</summary>
    protected void Replace(string path, string name)
    {
        var next = Copy(name, "next.mmdb");
        File.SetLastWriteTimeUtc(next, DateTime.Parse("2026-01-01", CultureInfo.InvariantCulture));
        File.Move(next, path, overwrite: true);
    }

    private protected MaxMindGeolocator Open(string? places, string? networks = null, string? language = null)
    {
        var options = new UserSessionOptions();
        options.Geolocation.DatabasePath = places;
        options.Geolocation.AsnDatabasePath = networks;
        options.Geolocation.Language = language ?? "en";
        var settings = Options.Create(options);
        var geolocator = new MaxMindGeolocator(settings, new PlaceLanguage(settings, Options.Create(new RequestLocalizationOptions())), Time, Log);
        _open.Add(geolocator);
        return geolocator;
    }

    protected void PassRecheck() => Time.Advance(LocationDatabase.RecheckInterval);

    public void Dispose()
    {
        _open.ForEach(geolocator => geolocator.Dispose());
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
