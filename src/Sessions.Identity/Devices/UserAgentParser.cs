using Microsoft.Extensions.Options;
using Sessions.Identity.Devices.Rules;

namespace Sessions.Identity.Devices;

/// <summary>The built-in parser: the community's rules, with a layer over them that knows which of their answers are facts.</summary>
internal sealed class UserAgentParser(IOptions<UserSessionOptions> options) : IUserAgentParser
{
    private const int LongestHeader = 256;
    private const int CachedDevices = 4096;
    private static readonly Dictionary<string, string> _noHeaders = [];
    private readonly DeviceCache _cache = new(CachedDevices);

    /// <summary>Finds what needs no reading: the device is in the cache, or nothing tells of it.</summary>
    public DeviceInfo? FindKnown(string? userAgent, IReadOnlyDictionary<string, string> headers) => FindKnown(Bounded(userAgent), Bounded(headers)).Device;

    public DeviceInfo Parse(string? userAgent, IReadOnlyDictionary<string, string> headers)
    {
        var text = Bounded(userAgent);
        var captured = Bounded(headers);
        var (known, key) = FindKnown(text, captured);
        if (known is not null)
        {
            return known;
        }

        var device = DeviceReader.Read(new DeviceClues(RuleBook.Embedded, text, captured, [.. options.Value.NativeAppNames]));
        _cache.Add(key, device);
        return device;
    }

    private (DeviceInfo? Device, UInt128 Key) FindKnown(string text, Dictionary<string, string> headers)
    {
        if (text.Length == 0 && headers.Count == 0)
        {
            return (DeviceInfo.Unknown, default);
        }

        var key = DeviceCache.KeyOf(text, headers);
        return (_cache.Find(key), key);
    }

    private static string Bounded(string? userAgent)
    {
        var text = userAgent ?? "";
        return (text.Length > RuleReading.LongestText ? text[..RuleReading.LongestText] : text).Trim();
    }

    private static Dictionary<string, string> Bounded(IReadOnlyDictionary<string, string>? headers)
    {
        if (headers is null || headers.Count == 0)
        {
            return _noHeaders;
        }

        // Whoever calls may keep the names in another case.
        var bounded = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (value is { Length: > 0 and <= LongestHeader } && ClientHintHeaders.IsCaptured(name))
            {
                bounded[name] = value;
            }
        }

        return bounded;
    }
}
