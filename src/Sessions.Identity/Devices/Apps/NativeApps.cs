namespace Sessions.Identity.Devices;

/// <summary>Recognises the host's own apps, in every way in which they can say what they are.</summary>
internal static class NativeApps
{
    public static DeviceInfo? Recognise(DeviceClues clues)
    {
        var app = AppConvention.Read(clues.UserAgent)
            ?? WebViewShell.Read(clues.UserAgent)
            ?? LegacyApp.Read(clues.UserAgent, clues.NativeAppNames)
            ?? CFNetworkApp.Read(clues.UserAgent)
            ?? DalvikApp.Read(clues.UserAgent)
            ?? (clues.App.Platform is null ? null : new NativeApp(null));
        if (app is null)
        {
            return null;
        }

        var system = ChooseSystem(app, clues);
        return new DeviceInfo
        {
            AppName = app.Name,
            AppVersion = clues.App.Version ?? app.Version,
            AppBuild = clues.App.Build ?? app.Build,
            OperatingSystem = system.Name,
            OperatingSystemVersion = system.Version,
            DeviceModel = app.Model is { } model ? DeviceModels.Friendly(model, clues) : DeviceModels.Tell(clues),
            DeviceType = TypeOn(system.Name),
        };
    }

    // The app's own word, in a header or by the convention, counts for more than what its web view's user agent says.
    private static NamedVersion ChooseSystem(NativeApp app, DeviceClues clues)
    {
        var told = app.System.Name is not null ? app.System : OperatingSystems.Tell(clues);
        var own = clues.App.System;
        return own.Name is null ? (own.Version is null ? told : told with { Version = own.Version })
            : own.Version is not null || own.Name != told.Name ? own
            : told;
    }

    private static string TypeOn(string? system) => system switch
    {
        PlatformNames.Ios or PlatformNames.IpadOS or "visionOS" => DeviceType.NativeIos,
        PlatformNames.Android or "HarmonyOS" => DeviceType.NativeAndroid,
        PlatformNames.Windows or PlatformNames.MacOS or PlatformNames.Linux or PlatformNames.ChromeOS => DeviceType.Desktop,
        "watchOS" => DeviceType.Watch,
        "tvOS" => DeviceType.Tv,
        _ => DeviceType.Unknown,
    };
}
