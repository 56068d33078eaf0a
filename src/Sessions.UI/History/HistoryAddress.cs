using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sessions.Identity;

namespace Sessions.UI.History;

/// <summary>How a part of the history is named in an address. Its days are whole days of UTC, the last one included.</summary>
internal static class HistoryAddress
{
    public const string Show = "show";
    public const string From = "from";
    public const string To = "to";
    public const string Cursor = "cursor";

    private const string Day = "yyyy-MM-dd";

    public static string Of(string path, SessionHistoryFilter filter) => QueryHelpers.AddQueryString(path, QueryOf(filter));

    /// <summary>The page that begins at a place of the history.</summary>
    public static string Of(string path, SessionHistoryFilter filter, string? cursor) =>
        cursor is null ? Of(path, filter) : QueryHelpers.AddQueryString(Of(path, filter), Cursor, cursor);

    /// <summary>The filter as names and values; what is not asked for is left out.</summary>
    public static Dictionary<string, string?> QueryOf(SessionHistoryFilter filter)
    {
        var query = new Dictionary<string, string?>();
        if (filter.Group != SessionEventGroup.All)
        {
            query[Show] = filter.Group.ToString();
        }

        if (FirstDay(filter) is { } first)
        {
            query[From] = first;
        }

        if (LastDay(filter) is { } last)
        {
            query[To] = last;
        }

        return query;
    }

    /// <summary>Reads what an address names. Days in the wrong order are put right, and a kind that there isn't is none.</summary>
    public static SessionHistoryFilter Read(SessionEventGroup show, DateOnly? from, DateOnly? to)
    {
        var (first, last) = from > to ? (to, from) : (from, to);
        return new SessionHistoryFilter
        {
            Group = Enum.IsDefined(show) ? show : SessionEventGroup.All,
            From = first is { } day ? StartOf(day) : null,
            Before = last is { } end && end < DateOnly.MaxValue ? StartOf(end.AddDays(1)) : null,
        };
    }

    /// <summary>The same, of an address whose values nobody has looked at. What can't be read is not asked for.</summary>
    public static SessionHistoryFilter Read(IQueryCollection query) => Read(
        Enum.TryParse<SessionEventGroup>(query[Show], ignoreCase: true, out var show) ? show : SessionEventGroup.All, DayOf(query[From]), DayOf(query[To]));

    public static string? FirstDay(SessionHistoryFilter filter) => filter.From is { } from ? ForMachines(from) : null;

    public static string? LastDay(SessionHistoryFilter filter) => filter.Before is { } before ? ForMachines(before.AddTicks(-1)) : null;

    private static DateOnly? DayOf(string? value) =>
        DateOnly.TryParseExact(value, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));

    private static string ForMachines(DateTimeOffset time) => time.UtcDateTime.ToString(Day, CultureInfo.InvariantCulture);
}
