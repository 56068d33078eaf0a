namespace Sessions.Identity.Devices;

/// <summary>Desktop apps built on Electron: <c>(KHTML, like Gecko) Slack/4.35.126 Chrome/120.0 Electron/28.1 Safari/537.36</c>.</summary>
internal static class ElectronApps
{
    public static NamedVersion? Find(string userAgent)
    {
        if (!ProductToken.Has(userAgent, "Electron"))
        {
            return null;
        }

        var engine = userAgent.IndexOf("like Gecko)", StringComparison.Ordinal);
        foreach (var product in engine < 0 ? [] : userAgent[(engine + "like Gecko)".Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (product.Split('/') is [var name, var version] && !IsEngine(name) && char.IsAsciiLetterOrDigit(name[0]))
            {
                return new NamedVersion(Readable(name), version);
            }
        }

        return new NamedVersion(null, null);
    }

    private static string Readable(string name) => name switch
    {
        "Code" => "VS Code",
        "discord" => "Discord",
        "Teams" => "Microsoft Teams",
        "obsidian" => "Obsidian",
        _ => Uri.UnescapeDataString(name),
    };

    private static bool IsEngine(string name) => name.Length == 0 || name is "Chrome" or "Electron" or "Safari" or "Version" or "Mobile" or "Chromium";
}
