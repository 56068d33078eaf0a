using Sessions.Identity;

namespace Sessions.DeviceNames;

/// <summary>The device with every layer of ours.</summary>
internal sealed class DeviceAnswer(IUserAgentParser parser)
{
    public object Of(Request request)
    {
        var device = parser.Parse(request.UserAgent, request.Headers);
        return new
        {
            device.Browser,
            device.BrowserVersion,
            Os = device.OperatingSystem,
            OsVersion = device.OperatingSystemVersion,
            device.DeviceType,
            device.DeviceModel,
            device.AppName,
            device.AppVersion,
            device.AppBuild,
            device.DisplayName,
        };
    }
}
