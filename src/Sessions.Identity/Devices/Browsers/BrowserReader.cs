namespace Sessions.Identity.Devices;

/// <summary>Names the browser: an app's own one first, then what the client hints say, then the rules.</summary>
internal static class BrowserReader
{
    public static NamedVersion Tell(DeviceClues clues)
    {
        if (InAppBrowsers.Find(clues.UserAgent) is { } app)
        {
            return new NamedVersion(app.Name, Versions.Major(app.Version));
        }

        var ruled = new NamedVersion(BrowserNames.Of(clues.Browser?.Family), Versions.Major(clues.Browser?.Major));
        if (ruled.Name is BrowserNames.Safari or BrowserNames.IosWebView)
        {
            ruled = IsWebView(clues.UserAgent) ? new NamedVersion(BrowserNames.IosWebView, null)
                : ruled.Name == BrowserNames.IosWebView ? default
                : ruled;
        }

        return Brands.Choose(clues.Hints.Brands) is { } brand ? Weigh(ruled, brand) : ruled;
    }

    // The hints know the brand that a user agent like Chrome's hides. Where they know no more than that it is some Chrome,
    // a product that is named in the user agent says more.
    private static NamedVersion Weigh(NamedVersion ruled, Brand brand)
    {
        var version = Versions.Major(brand.Version);
        var says = brand.Name switch { "Chromium" => 0, "Chrome" or BrowserNames.AndroidWebView => 1, _ => 2 };
        var ruledSays = ruled.Name switch { null => -1, "Chrome" or "Chromium" or BrowserNames.AndroidWebView or "Android Browser" => 0, _ => 1 };
        return ruled.Name == brand.Name ? new NamedVersion(brand.Name, version ?? ruled.Version)
            : says > ruledSays || (says == 0 && ruledSays == 0 && ruled.Name == "Chrome") ? new NamedVersion(brand.Name, version)
            : ruled;
    }

    // Safari says Safari; the web view of any other app on iOS doesn't.
    private static bool IsWebView(string userAgent) =>
        userAgent.StartsWith("Mozilla/", StringComparison.Ordinal) && userAgent.Contains("Mobile/", StringComparison.Ordinal) && !userAgent.Contains("Safari/", StringComparison.Ordinal);
}
