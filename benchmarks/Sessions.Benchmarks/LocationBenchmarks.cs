using System.Net;
using BenchmarkDotNet.Attributes;
using MaxMind.Db;
using MaxMind.GeoIP2;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Locations;
using Sessions.Identity.Locations.Databases;

namespace Sessions.Benchmarks;

/// <summary>The place of an address, as a ratio to MaxMind's bare reader on the same memory-mapped file. SESSIONS_TEST_GEO names the folder of the files.</summary>
[MemoryDiagnoser]
public class LocationBenchmarks
{
    // Known to MaxMind's test file, and not known.
    private readonly IPAddress[] _addresses =
        [.. new[] { "81.2.69.160", "89.160.20.112", "175.16.199.1", "216.160.83.56", "2.125.160.216", "2001:480::1", "2001:218::1", "8.8.4.4" }.Select(IPAddress.Parse)];

    private DatabaseReader _bare = null!;
    private MaxMindGeolocator _geolocator = null!;

    [GlobalSetup]
    public void Open()
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("SESSIONS_TEST_GEO") ?? "../shared/geo", "GeoLite2-City-Test.mmdb");
        var options = new UserSessionOptions();
        options.Geolocation.DatabasePath = Path.GetFullPath(file);
        var settings = Options.Create(options);
        _bare = new DatabaseReader(file, ["en"], FileAccessMode.MemoryMapped);
        _geolocator = new MaxMindGeolocator(
            settings, new PlaceLanguage(settings, Options.Create(new RequestLocalizationOptions())), TimeProvider.System, NullLogger<MaxMindGeolocator>.Instance);
        if (_geolocator.Locate(_addresses[0])?.City != "London")
        {
            throw new FileNotFoundException($"{file} is not MaxMind's test file.");
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        _bare.Dispose();
        _geolocator.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = 8)]
    public int Bare() => _addresses.Count(address => _bare.TryCity(address, out _));

    [Benchmark(OperationsPerInvoke = 8)]
    public int Located() => _addresses.Count(address => _geolocator.Locate(address) is not null);
}
