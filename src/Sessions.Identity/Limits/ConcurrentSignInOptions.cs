using System.Collections.ObjectModel;

namespace Sessions.Identity;

/// <summary>On how many devices a user may be signed in at the same time. Looked at when somebody signs in.</summary>
public sealed class ConcurrentSignInOptions
{
    /// <summary>Gets or sets the most devices in all.</summary>
    /// <value><see langword="null"/> by default: no such limit.</value>
    public int? Total { get; set; }

    /// <summary>Gets the most devices of a type: one of <see cref="DeviceType"/>, or <see cref="SignInLimits.Native"/> for both kinds of the host's own apps.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, int> PerDeviceType { get; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets what happens at the limit.</summary>
    /// <value><see cref="SignInLimitAnswer.EndOldest"/> by default.</value>
    public SignInLimitAnswer AtLimit { get; set; }

    /// <summary>Gets or sets how the host chooses the limits of a user, by a plan or a role.</summary>
    /// <value>
    /// <see langword="null"/> by default. Called once for a sign-in, also in parallel; <see langword="null"/> as its answer stands for the
    /// limits of these options. One that throws or takes too long limits nobody.
    /// </value>
    public Func<SignInLimitContext, ValueTask<SignInLimits?>>? ForUser { get; set; }

    // As they are now: hosts may change options while the app runs.
    internal SignInLimits ForEverybody => Total is null && PerDeviceType.Count == 0 && AtLimit == SignInLimitAnswer.EndOldest ? SignInLimits.None : new SignInLimits
    {
        Total = Total,
        PerDeviceType = new ReadOnlyDictionary<string, int>(PerDeviceType),
        AtLimit = AtLimit,
    };
}
