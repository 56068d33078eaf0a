using Sessions.Identity.Devices.Rules;

namespace Sessions.DeviceNames;

/// <summary>What uap-core's rules say by themselves.</summary>
internal static class BareAnswer
{
    public static object Of(Request request)
    {
        var rules = BareRules.Read(RuleBook.Embedded, request.UserAgent ?? "");
        return new
        {
            Ua = new { rules.Browser.Family, rules.Browser.Major, rules.Browser.Minor, rules.Browser.Patch },
            Os = new { rules.System.Family, rules.System.Major, rules.System.Minor, rules.System.Patch, rules.System.PatchMinor },
            Device = new { rules.Device.Family, rules.Device.Brand, rules.Device.Model },
        };
    }
}
