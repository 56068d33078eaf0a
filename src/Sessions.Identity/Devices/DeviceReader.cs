namespace Sessions.Identity.Devices;

/// <summary>Judges the clues, the surest sort of thing first.</summary>
internal static class DeviceReader
{
    public static DeviceInfo Read(DeviceClues clues) =>
        DeviceText.Clean(NativeApps.Recognise(clues) ?? Tools.Recognise(clues) ?? Bots.Recognise(clues) ?? ReadBrowser(clues));

    private static DeviceInfo ReadBrowser(DeviceClues clues)
    {
        var browser = BrowserReader.Tell(clues);
        var system = OperatingSystems.Tell(clues);
        var electron = ElectronApps.Find(clues.UserAgent);
        var device = new DeviceInfo
        {
            Browser = electron is null ? browser.Name : "Electron",
            BrowserVersion = electron is null ? browser.Version : Versions.Major(ProductToken.Version(clues.UserAgent, "Electron")),
            OperatingSystem = system.Name,
            OperatingSystemVersion = system.Version,
            DeviceType = DeviceClasses.Tell(clues, system.Name),
            DeviceModel = DeviceModels.Tell(clues),
            AppName = electron?.Name,
            AppVersion = electron?.Version,
        };

        // A console's or a television's system is nothing that its owner ever heard of.
        return device.DeviceType is DeviceType.Console ? device with { OperatingSystem = null, OperatingSystemVersion = null } : device;
    }
}
