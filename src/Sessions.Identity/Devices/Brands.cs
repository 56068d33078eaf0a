using System.Collections.Frozen;

namespace Sessions.Identity.Devices;

/// <summary>Picks the real browser from among the brands of a client hint.</summary>
internal static class Brands
{
    private static readonly FrozenDictionary<string, string> _names = new Dictionary<string, string>
    {
        ["Google Chrome"] = "Chrome",
        ["Microsoft Edge"] = "Edge",
        ["Microsoft Edge WebView2"] = "Edge WebView2",
        ["Opera Mobile"] = "Opera",
        ["OperaMobile"] = "Opera",
        ["YaBrowser"] = "Yandex Browser",
        ["Yandex"] = "Yandex Browser",
        ["HuaweiBrowser"] = "Huawei Browser",
        ["NAVER Whale"] = "Whale",
        ["Miui Browser"] = "Mi Browser",
        ["XiaoMi Browser"] = "Mi Browser",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <returns>The brand by the name that people know it by, or <see langword="null"/> if there is none.</returns>
    public static Brand? Choose(IReadOnlyList<Brand> brands)
    {
        // A browser of another make lists itself beside Chromium, some beside Google Chrome too.
        var real = brands.Where(brand => !IsGrease(brand.Name) && DeviceText.Clean(brand.Name) is not null).ToArray();
        if (real.Length == 0)
        {
            return null;
        }

        var chosen = real.MinBy(brand => brand.Name switch { "Chromium" => 2, "Google Chrome" => 1, _ => 0 });
        return chosen with { Name = _names.GetValueOrDefault(chosen.Name, chosen.Name) };
    }

    // Chromium adds a brand that is none, in changing spellings of "Not A Brand", so that nobody relies on the list's form.
    private static bool IsGrease(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetter));
        return letters.StartsWith("Not", StringComparison.OrdinalIgnoreCase) && letters.EndsWith("Brand", StringComparison.OrdinalIgnoreCase);
    }
}
