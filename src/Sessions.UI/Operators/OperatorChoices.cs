using Sessions.Identity;
using Sessions.UI.Words;

namespace Sessions.UI.Operators;

/// <summary>The codes that can be looked for, each with its words.</summary>
internal static class OperatorChoices
{
    private static readonly string[] _kinds =
    [
        SessionEventKind.SignedIn, SessionEventKind.SignInFailed, SessionEventKind.SignedOut, SessionEventKind.Revoked, SessionEventKind.Expired,
        SessionEventKind.StepUp, SessionEventKind.AccessConfirmed, SessionEventKind.LimitDeclined, SessionEventKind.TrailViewed,
    ];

    private static readonly string[] _reasons =
    [
        SignInFailureReason.WrongPassword, SignInFailureReason.UnknownUser, SignInFailureReason.LockedOut, SignInFailureReason.NotAllowed,
        SignInFailureReason.WrongTwoFactorCode, SignInFailureReason.WrongRecoveryCode, SignInFailureReason.PasskeyFailed,
        SignInFailureReason.ExternalFailed, SignInFailureReason.RateLimited,
    ];

    private static readonly string[] _methods =
    [
        SignInMethod.Password, SignInMethod.Passkey, SignInMethod.External, SignInMethod.MagicLink, SignInMethod.OneTimeCode, SignInMethod.SingleSignOn,
    ];

    public static KeyValuePair<string, string>[] Kinds(SessionWords words) => Choices(_kinds, kind => words.Event(new SessionEventInfo { Id = default, Kind = kind, OccurredAt = default }));

    public static KeyValuePair<string, string>[] Reasons(SessionWords words) => Choices(_reasons, words.Failure);

    public static KeyValuePair<string, string>[] Methods(SessionWords words) => Choices(_methods, method => words.Method(method, provider: null, secondFactor: null));

    public static KeyValuePair<string, string>[] Oddities(SessionWords words) =>
    [
        new(nameof(SessionOddity.NewDevice), words["Operators.NewDevices"]),
        new(nameof(SessionOddity.ImpossibleTravel), words["Operators.Far"]),
    ];

    private static KeyValuePair<string, string>[] Choices(string[] codes, Func<string, string?> say) => [.. codes.Select(code => new KeyValuePair<string, string>(code, say(code) ?? code))];
}
