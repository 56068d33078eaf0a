namespace Sessions.Identity.Devices.Rules;

/// <summary>What uap-core's rules say of a user agent by themselves, before our own rules and every layer over them.</summary>
internal sealed record BareRules(BrowserRuling Browser, SystemRuling System, DeviceRuling Device)
{
    /// <summary>The family of what no rule knows.</summary>
    public const string Other = "Other";

    public static BareRules Read(RuleBook book, string userAgent)
    {
        var reading = new RuleReading(book, userAgent);
        return new BareRules(
            reading.FindBrowser(RuleList.Browsers) ?? new BrowserRuling(Other),
            reading.FindSystem(RuleList.Systems) ?? new SystemRuling(Other),
            reading.FindDevice(RuleList.Devices) ?? new DeviceRuling(Other));
    }
}
