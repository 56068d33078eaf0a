using Sessions.Identity.Devices.Rules;

namespace Sessions.Identity.Devices;

/// <summary>All that is known of a request's device before it is judged: what the client wrote, and what the rules say of it.</summary>
internal sealed class DeviceClues
{
    private readonly RuleBook _book;

    public DeviceClues(RuleBook book, string userAgent, IReadOnlyDictionary<string, string> headers, IReadOnlyList<string> nativeAppNames)
    {
        _book = book;
        UserAgent = userAgent;
        NativeAppNames = nativeAppNames;
        Hints = ClientHints.Read(userAgent, headers);
        App = AppHeaders.Read(headers);

        // What our own rules say goes first: they know what came since.
        var reading = new RuleReading(book, userAgent);
        Browser = reading.FindBrowser(RuleList.OwnBrowsers) ?? reading.FindBrowser(RuleList.Browsers);
        System = reading.FindSystem(RuleList.OwnSystems) ?? reading.FindSystem(RuleList.Systems);
        Device = reading.FindDevice(RuleList.OwnDevices) ?? reading.FindDevice(RuleList.Devices);
        Crawler = reading.FindCrawler();
    }

    public string UserAgent { get; }

    public ClientHints Hints { get; }

    public AppHeaders App { get; }

    public IReadOnlyList<string> NativeAppNames { get; }

    public BrowserRuling? Browser { get; }

    public SystemRuling? System { get; }

    public DeviceRuling? Device { get; }

    public CrawlerRuling? Crawler { get; }

    public bool Has(string text) => UserAgent.Contains(text, StringComparison.Ordinal);

    public bool HasAny(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (Has(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the rules say of a bare model, as a client hint or an app gives it, put where a user agent would have it.</summary>
    public DeviceRuling? RulingOfModel(string model)
    {
        var reading = new RuleReading(_book, $"Mozilla/5.0 (Linux; Android 14; {model} Build/X) AppleWebKit/537.36");
        return reading.FindDevice(RuleList.OwnDevices) ?? reading.FindDevice(RuleList.Devices);
    }
}
