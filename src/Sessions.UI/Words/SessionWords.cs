using System.Globalization;
using Humanizer;
using Microsoft.Extensions.Localization;
using Sessions.Identity;

namespace Sessions.UI.Words;

/// <summary>Says in words what the codes of sessions and events mean, in the request's language.</summary>
internal sealed partial class SessionWords(IStringLocalizer<SessionsText> text)
{
    /// <summary>A text that stands by itself.</summary>
    public string this[string key] => text[key];

    /// <summary>A text with something put into it.</summary>
    public string this[string key, params object[] arguments] => text[key, IsRightToLeft ? [.. arguments.Select(Isolated)] : arguments];

    /// <summary>A text about so many of something, in the form that its language has for that number.</summary>
    public string Count(string key, int count)
    {
        var form = text[$"{key}.{PluralRules.Of(count, Culture)}", count];
        return form.ResourceNotFound ? text[$"{key}.{PluralRules.Other}", count] : form;
    }

    /// <summary>The language that the texts are in, as HTML names it. Not always that of the request: it may be one that we have no texts in.</summary>
    public string Language => text["Language"];

    /// <summary>Whether that language is written from right to left.</summary>
    public bool IsRightToLeft => Culture.TextInfo.IsRightToLeft;

    /// <summary>The culture by which forms and names are chosen, so that they go with the texts.</summary>
    public CultureInfo Culture
    {
        get
        {
            var asked = CultureInfo.CurrentUICulture;
            try
            {
                var language = CultureInfo.GetCultureInfo(Language);
                return asked.TwoLetterISOLanguageName == language.TwoLetterISOLanguageName ? asked : language;
            }
            catch (CultureNotFoundException)
            {
                return asked; // a host's own texts need not say what they are in
            }
        }
    }

    /// <summary>How long ago something was, such as "3 minutes ago".</summary>
    public string Ago(DateTimeOffset time, DateTimeOffset now) =>
        (time < now ? time : now).UtcDateTime.Humanize(utcDate: true, dateToCompareAgainst: now.UtcDateTime, culture: Culture);

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
            _ => this["Method.WithSecondFactor", first, second],
        };
    }

    /// <summary>The same, where it tells something: that somebody used a password goes without saying.</summary>
    public string? NotableMethod(string? method, string? provider, string? secondFactor) =>
        method == SignInMethod.Password && secondFactor is null ? null : Method(method, provider, secondFactor);

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
    public string Active(UserSessionInfo session, DateTimeOffset now) =>
        session.IsActiveNow ? this["Devices.ActiveNow"] : this["Devices.Active", Ago(session.LastSeenAt, now)];

    private string? First(string? method, string? provider) => method switch
    {
        null or SignInMethod.Unknown => null,
        SignInMethod.External or SignInMethod.SingleSignOn when provider is not null => provider,
        _ => Of("Method", method) ?? method, // a host's own method is shown as the host wrote it
    };

    // Codes may grow: one without words is no error.
    private string? Of(string group, string code) => text[$"{group}.{code}"] is { ResourceNotFound: false } found ? found.Value : null;

    // A name in Latin letters within Arabic keeps to itself: without this, what stands around it changes places.
    private static object Isolated(object argument) => argument is string { Length: > 0 } name ? $"\u2068{name}\u2069" : argument;
}
