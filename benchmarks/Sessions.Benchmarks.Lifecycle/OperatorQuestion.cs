using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.UI.Operators;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>What an operator asks: for the rows or the figure alone, and for the page that shows them.</summary>
/// <param name="What">Its name.</param>
/// <param name="AskAsync">Asks for the rows, and says how many there are.</param>
/// <param name="Address">The page's address.</param>
internal sealed record OperatorQuestion(string What, Func<OperatorDesk, Task<string>> AskAsync, Func<OperatorPlace, string> Address)
{
    public const string Path = "/Identity/Sessions";

    /// <summary>Every list and figure of the pages.</summary>
    public static IReadOnlyList<OperatorQuestion> All()
    {
        IPNetwork one = IPNetwork.Parse("198.51.100.7/32"), hammering = IPNetwork.Parse("198.51.100.0/24"), quiet = IPNetwork.Parse("198.18.7.0/24"), wide = IPNetwork.Parse("64.0.0.0/8"), some = IPNetwork.Parse("64.0.0.0/13");
        SessionEventSearch all = new(), failed = new() { Kind = SessionEventKind.SignInFailed };
        UserSessionSearch live = new(), ended = new() { IncludeEnded = true };
        return
        [
            new OperatorQuestion(
                "overview",
                async asked =>
                {
                    var overview = await asked.Administration.GetOverviewAsync(CancellationToken.None);
                    return $"{overview.Hours.Sum(hour => hour.SignIns + hour.Failures + hour.Revocations)} events";
                },
                _ => Path),
            People("people: by the beginning of a name", "a1"),
            People("people: by a whole address", "person@example.com"),
            People("people: by id", "user77"),
            People("people: nobody", "zz-nobody"),
            new OperatorQuestion(
                "person: sessions, trail, failures",
                async asked =>
                {
                    var sessions = await asked.Administration.SearchSessionsAsync(new UserSessionSearch { UserId = "person" }, null, 20, CancellationToken.None);
                    var trail = await asked.Administration.SearchEventsAsync(new SessionEventSearch { UserId = "person" }, null, 20, CancellationToken.None);
                    var failures = await asked.Administration.FailuresOfAsync("person", 20, CancellationToken.None);
                    return $"{sessions.Sessions.Count + trail.Events.Count + failures.Count} rows";
                },
                _ => OperatorAddress.Person(Path, "person")),
            Sessions("sessions: live", _ => live),
            Sessions("sessions: live, deep", _ => live, deep: true),
            Sessions("sessions: and ended", _ => ended),
            Sessions("sessions: begun before the middle", place => live with { Before = place.Middle.OccurredAt }),
            Sessions("sessions: begun since the middle", place => live with { From = place.Middle.OccurredAt }),
            Sessions("sessions: by address", _ => live with { Network = one }),
            Sessions("sessions: by a hammering /24", _ => live with { Network = hammering }),
            Sessions("sessions: by a quiet /24", _ => live with { Network = quiet }),
            Sessions("sessions: by a /8", _ => live with { Network = wide }),
            Sessions("sessions: by country", _ => live with { CountryCode = "ES" }),
            Sessions("sessions: by a rare country", _ => live with { CountryCode = "IS" }),
            Sessions("sessions: by a country of nobody", _ => live with { CountryCode = "XX" }),
            Sessions("sessions: by device", _ => live with { Device = "firefox windows" }),
            Sessions("sessions: by a rare device", _ => live with { Device = "konqueror" }),
            Sessions("sessions: by method", _ => live with { Method = SignInMethod.Passkey }),
            Sessions("sessions: by a method of nobody", _ => live with { Method = SignInMethod.MagicLink }),
            Sessions("sessions: country, device, method", _ => live with { CountryCode = "DE", Device = "safari", Method = SignInMethod.Passkey }),
            Events("events: all", _ => all),
            Events("events: all, deep", _ => all, deep: true),
            Events("events: by identity", _ => all with { Identity = "admin@example.com" }),
            Events("events: by identity, deep", _ => all with { Identity = "admin@example.com" }, deep: true),
            Events("events: by identity, rare reason", _ => all with { Identity = "admin@example.com", FailureReason = SignInFailureReason.NotAllowed }),
            Events("events: by an identity of nobody", _ => all with { Identity = "zz" }),
            Events("events: by address", _ => all with { Network = one }),
            Events("events: by address, deep", _ => all with { Network = one }, deep: true),
            Events("events: by a hammering /24", _ => all with { Network = hammering }),
            Events("events: by a hammering /24, deep", _ => all with { Network = hammering }, deep: true),
            Events("events: by a quiet /24", _ => all with { Network = quiet }),
            Events("events: by a /24 of nobody", _ => all with { Network = IPNetwork.Parse("192.0.2.0/24") }),
            Events("events: by a /8", _ => all with { Network = wide }),
            Events("events: by a /13", _ => all with { Network = some }),
            Events("events: by kind", _ => failed),
            Events("events: by kind, deep", _ => failed, deep: true),
            Events("events: by a kind of nobody", _ => all with { Kind = SessionEventKind.StepUp }),
            Events("events: by reason", _ => all with { FailureReason = SignInFailureReason.LockedOut }),
            Events("events: by a rare reason", _ => all with { FailureReason = SignInFailureReason.RateLimited }),
            Events("events: by kind and a rare reason", _ => failed with { FailureReason = SignInFailureReason.RateLimited }),
            Events("events: by country", _ => all with { CountryCode = "ES" }),
            Events("events: by a rare country", _ => all with { CountryCode = "IS" }),
            Events("events: by a country of nobody", _ => all with { CountryCode = "XX" }),
            Events("events: by a country of nobody, deep", _ => all with { CountryCode = "XX" }, deep: true),
            Events("events: by device", _ => all with { Device = "firefox windows" }),
            Events("events: by a rare device", _ => all with { Device = "konqueror" }),
            Events("events: by method", _ => all with { Method = SignInMethod.Passkey }),
            Events("events: new devices", _ => all with { Oddity = SessionOddity.NewDevice }),
            Events("events: impossible travel", _ => all with { Oddity = SessionOddity.ImpossibleTravel }),
            Events("events: kind, country, device, 24 hours", place => failed with { CountryCode = "US", Device = "chrome", From = place.Newest.AddDays(-1) }),
            Events("events: kind, rare country, 7 days", place => failed with { CountryCode = "IS", From = place.Newest.AddDays(-7) }),
            Events("events: /24, kind, reason", _ => failed with { Network = hammering, FailureReason = SignInFailureReason.LockedOut }),
            Count("an ending's count: quiet /24", live with { Network = quiet }),
            Count("an ending's count: hammering /24", live with { Network = hammering }),
            Count("an ending's count: a person", live with { UserId = "person" }),
            Count("an ending's count: country", live with { CountryCode = "ES" }),
            Count("an ending's count: a country of nobody", live with { CountryCode = "XX" }),
            Count("an ending's count: everybody", live),
        ];
    }

    private static OperatorQuestion People(string what, string text) =>
        new(what, desk => desk.FindAsync(text), _ => QueryHelpers.AddQueryString(Path, "q", text));

    private static OperatorQuestion Sessions(string what, Func<OperatorPlace, UserSessionSearch> search, bool deep = false) => new(
        what,
        desk => desk.SessionsAsync(search(desk.Place), deep ? desk.Place.Middle.ToString() : null),
        place => From(OperatorAddress.Sessions(Path, search(place)), deep ? place : null));

    // Without an end of its own a page of events looks back for a week.
    private static OperatorQuestion Events(string what, Func<OperatorPlace, SessionEventSearch> search, bool deep = false) => new(
        what,
        desk => desk.EventsAsync(search(desk.Place), deep ? desk.Place.Middle.ToString() : null),
        place => From(OperatorAddress.Events(Path, search(place) is { From: null } endless ? endless with { From = place.Beginning } : search(place)), deep ? place : null));

    private static OperatorQuestion Count(string what, UserSessionSearch search) =>
        new(what, desk => desk.CountAsync(search), _ => OperatorAddress.End(Path, search));

    private static string From(string address, OperatorPlace? place) =>
        place is null ? address : QueryHelpers.AddQueryString(address, OperatorQuery.Cursor, place.Middle.ToString());
}
