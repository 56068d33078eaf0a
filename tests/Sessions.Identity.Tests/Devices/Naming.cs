using Microsoft.Extensions.Options;
using Sessions.Identity.Devices;

namespace Sessions.Identity.Tests.Devices;

/// <summary>Parses as an app does, in one line.</summary>
internal static class Naming
{
    public static DeviceInfo Parse(string? userAgent, params (string Name, string Value)[] headers) => Parse([], userAgent, headers);

    public static DeviceInfo Parse(string[] nativeAppNames, string? userAgent, params (string Name, string Value)[] headers)
    {
        var options = new UserSessionOptions();
        foreach (var name in nativeAppNames)
        {
            options.NativeAppNames.Add(name);
        }

        return new UserAgentParser(Options.Create(options)).Parse(userAgent, headers.ToDictionary(header => header.Name, header => header.Value));
    }

    public static string Name(string? userAgent, params (string Name, string Value)[] headers) => Parse(userAgent, headers).DisplayName;
}
