using Sessions.Identity.Devices.Rules;

namespace Sessions.Identity.Devices;

/// <summary>Names the model, where there is one that a person would call the thing by.</summary>
internal static class DeviceModels
{
    // A user agent's places for a model hold these when it has none to tell.
    private static readonly string[] _none =
        ["K", "U", "wv", "Mobile", "Tablet", "Phone", "unknown", "Linux", "Android", "Smartphone", "Build", "Mac", "Generic", "Spider", "Other", "X", "arm_64", "Unspecified Device"];

    public static string? Tell(DeviceClues clues)
    {
        if (IpadDesktopMode.IsTold(clues))
        {
            return "iPad";
        }

        if (clues.Hints.Model is { } model)
        {
            return Friendly(model, clues);
        }

        return DeviceClasses.WithoutModel(clues) ?? Name(clues.Device);
    }

    /// <summary>The name that people know a model by: "Galaxy S23" for "SM-S911B".</summary>
    public static string? Friendly(string model, DeviceClues clues) =>
        DeviceText.Clean(model) is not { } clean || _none.Contains(clean, StringComparer.OrdinalIgnoreCase) ? null : Name(clues.RulingOfModel(clean)) ?? clean;

    private static string? Name(DeviceRuling? device)
    {
        if (device is null || device.Family.StartsWith("Generic", StringComparison.Ordinal) || _none.Contains(device.Family, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        return device.Family switch
        {
            "AppleTV" => "Apple TV",
            "iOS-Device" => null,
            _ => device.Family,
        };
    }
}
