using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.Identity.Locations;
using Sessions.UI.Words;

namespace Sessions.UI.Operators;

/// <summary>Says what is ended, and how far it is.</summary>
internal sealed class EndingWords(SessionWords words, IOptions<UserSessionOptions> options)
{
    public string What(UserSessionInfo session, SessionUser? person) =>
        words["Operators.OneOf", words.Device(session.Device), person?.Name ?? session.UserId];

    public string What(UserSessionSearch search, SessionUser? person)
    {
        if (search.IsEverybody)
        {
            return search.Before is { } before ? words["Operators.EverybodyBefore", Time(before)] : words["Operators.Everybody"];
        }

        string?[] parts =
        [
            search.UserId is { } user ? words["Operators.AllOf", person?.Name ?? user] : words["Operators.AllThat"],
            search.Network is { } network ? $"IP {IpNetworks.Text(network)}" : null,
            search.CountryCode,
            search.Device,
            search.Method is { } method ? words.Method(method, provider: null, secondFactor: null) ?? method : null,
            search.From is { } from ? $"≥ {Time(from)}" : null,
            search.Before is { } until ? $"< {Time(until)}" : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    public string Count(SessionCount count, bool areMore)
    {
        var counted = words["History.ChartCounts", words.Count("Operators.SessionCount", count.Sessions), words.Count("Operators.PeopleCount", count.Users)];
        return areMore ? words["Operators.AtLeast", counted] : counted;
    }

    /// <summary>Warns where one address can't be told from its neighbours.</summary>
    public string? WholeNetwork(UserSessionSearch search) =>
        search.Network is { } network && options.Value.IpAddressMode == IpAddressMode.Truncated ? words["Operators.WholeNetwork", IpNetworks.Text(network)] : null;

    public string Progress(SessionEnding ending) => ending.State switch
    {
        EndingState.Done => words.Count("Operators.Ended", ending.Ended),
        EndingState.Stopped => words["Operators.Stopped", ending.Ended, ending.Expected],
        _ => words["Operators.Running", ending.Ended, ending.Expected],
    };

    private string Time(DateTimeOffset time) => words["Devices.Time", CalendarText.Of(time, System.Globalization.CultureInfo.CurrentCulture)];
}
