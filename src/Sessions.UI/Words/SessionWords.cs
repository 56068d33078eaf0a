using Microsoft.Extensions.Localization;
using Sessions.Identity;

namespace Sessions.UI.Words;

/// <summary>Says in words what the codes of sessions and events mean, in the request's language.</summary>
internal sealed class SessionWords(IStringLocalizer<SessionsText> text)
{
    /// <summary>A text that stands by itself.</summary>
    public string this[string key] => text[key];

    /// <summary>A text with something put into it.</summary>
    public string this[string key, params object[] arguments] => text[key, arguments];

    /// <summary>How somebody signed in, such as "Password and authenticator app".</summary>
    /// <returns>The words, or <see langword="null"/> if it is not known: we never guess.</returns>
    public string? Method(string? method, string? provider, string? secondFactor)
    {
        var first = First(method, provider);
        var second = secondFactor is null ? null : Of("SecondFactor", secondFactor) ?? secondFactor;
        return (first, second) switch
        {
            (null, _) => second,
            (_, null) => first,
            _ => text["Method.WithSecondFactor", first, second],
        };
    }

    /// <summary>What an event of the trail says happened.</summary>
    public string Event(SessionEventInfo info) =>
        (info.Kind == SessionEventKind.Revoked && info.EndReason is { } reason ? Of("Ended", reason) : null)
        ?? Of("Event", info.Kind)
        ?? text["Event.Other"];

    /// <summary>Why an attempt failed, or <see langword="null"/> if that has no words.</summary>
    public string? Failure(string? reason) => reason is null ? null : Of("Failure", reason);

    /// <summary>Why a session ended, or <see langword="null"/> if that has no words.</summary>
    public string? Ended(string? reason) => reason is null ? null : Of("Ended", reason);

    /// <summary>Tells somebody on the login page why they were signed out.</summary>
    public string Notice(string reason) => Of("Notice", reason) ?? text["Notice.Other"];

    /// <summary>How long ago somebody was active, such as "Active 3 minutes ago".</summary>
    public string Active(UserSessionInfo session, DateTimeOffset now) => (now - session.LastSeenAt) switch
    {
        _ when session.IsActiveNow => text["Devices.ActiveNow"],
        { TotalMinutes: < 2 } => text["Limit.ActiveMinute"],
        { TotalHours: < 1 } ago => text["Limit.ActiveMinutes", (int)ago.TotalMinutes],
        { TotalHours: < 2 } => text["Limit.ActiveHour"],
        { TotalDays: < 1 } ago => text["Limit.ActiveHours", (int)ago.TotalHours],
        { TotalDays: < 2 } => text["Limit.ActiveDay"],
        var ago => text["Limit.ActiveDays", (int)ago.TotalDays],
    };

    private string? First(string? method, string? provider) => method switch
    {
        null or SignInMethod.Unknown => null,
        SignInMethod.External or SignInMethod.SingleSignOn when provider is not null => provider,
        _ => Of("Method", method) ?? method, // a host's own method is shown as the host wrote it
    };

    // Codes may grow: one without words is no error.
    private string? Of(string group, string code) => text[$"{group}.{code}"] is { ResourceNotFound: false } found ? found.Value : null;
}
