using System.Collections.ObjectModel;
using Sessions.Identity.Limits;

namespace Sessions.Identity;

/// <summary>On how many devices somebody may be signed in at the same time. Immutable.</summary>
public sealed record SignInLimits
{
    /// <summary>Stands for either of the host's own apps, <see cref="DeviceType.NativeIos"/> and <see cref="DeviceType.NativeAndroid"/>, in <see cref="PerDeviceType"/>.</summary>
    public const string Native = "native";

    /// <summary>No limit.</summary>
    public static SignInLimits None { get; } = new();

    /// <summary>The most devices in all, or <see langword="null"/> for no such limit. At least one is always let in.</summary>
    public int? Total { get; init; }

    /// <summary>The most devices of a type: one of <see cref="DeviceType"/>, or <see cref="Native"/>. At least one is always let in.</summary>
    public IReadOnlyDictionary<string, int> PerDeviceType { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>What happens at the limit.</summary>
    public SignInLimitAnswer AtLimit { get; init; }

    internal bool IsNone => Total is null && PerDeviceType.Count == 0;

    // The narrow ones first: what they end makes room in all.
    internal IEnumerable<LimitRule> Rules => PerDeviceType
        .OrderBy(limit => limit.Key, StringComparer.OrdinalIgnoreCase)
        .Select(limit => new LimitRule(limit.Value, LimitRule.TypesOf(limit.Key)))
        .Concat(Total is { } total ? [new LimitRule(total, null)] : []);
}
