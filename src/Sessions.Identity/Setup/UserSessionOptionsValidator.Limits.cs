using Sessions.Identity.Limits;

namespace Sessions.Identity;

/// <content>This part: on how many devices somebody may be signed in.</content>
internal sealed partial class UserSessionOptionsValidator
{
    private static IEnumerable<string> Limits(ConcurrentSignInOptions options)
    {
        if (options.Total is < 1)
        {
            yield return Wrong("ConcurrentSignIns.Total", options.Total, "must be at least 1, or null for no limit");
        }

        foreach (var (type, most) in options.PerDeviceType)
        {
            if (!LimitRule.IsKnown(type))
            {
                yield return Wrong("ConcurrentSignIns.PerDeviceType", type, "must name a type of device, such as DeviceType.Desktop, or SignInLimits.Native");
            }
            else if (most < 1)
            {
                yield return Wrong($"ConcurrentSignIns.PerDeviceType[{type}]", most, "must be at least 1");
            }
        }

        if (!Enum.IsDefined(options.AtLimit))
        {
            yield return Wrong("ConcurrentSignIns.AtLimit", options.AtLimit, "must be EndOldest or Ask");
        }
    }
}
