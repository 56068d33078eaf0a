using Sessions.Identity;

namespace Sessions.UI.Words;

/// <summary>This part: what devices and places are called.</summary>
internal sealed partial class SessionWords
{
    /// <summary>A device's name as a person reads it, such as "Chrome 142 on Windows 11".</summary>
    public string Device(DeviceInfo device) => device.DeviceType switch
    {
        DeviceType.Bot => device.Browser is null or "Unknown" ? text["Devices.Bot"] : this["Devices.BotNamed", device.Browser],
        DeviceType.Tool => device.Browser ?? text["Devices.UnknownName"],
        _ => DeviceName.PartsOf(device) switch
        {
            (null, null) => text["Devices.UnknownName"],
            (null, { } where) => where,
            ({ } what, null) => what,
            var (what, where) => this["Devices.NameOn", what, where],
        },
    };

    /// <summary>A place as a person reads it, such as "Madrid, Spain", or <see langword="null"/> when nothing is known.</summary>
    public string? Place(IpLocation? location)
    {
        var country = CountryNames.Of(location?.CountryCode, Culture) ?? location?.Country ?? location?.CountryCode;
        return (location?.City ?? location?.Region, country) switch
        {
            (null, null) => null,
            (null, { } only) => only,
            ({ } city, null) => city,
            var (city, of) => this["Devices.Place", city, of],
        };
    }
}
