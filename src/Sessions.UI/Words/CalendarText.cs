using System.Globalization;

namespace Sessions.UI.Words;

/// <summary>Writes a point in time as a person reads it, in the request's culture and in UTC.</summary>
internal static class CalendarText
{
    /// <summary>Date and time of day, such as "November 24, 2026 6:13 AM".</summary>
    public static string Of(DateTimeOffset time, CultureInfo culture) =>
        time.UtcDateTime.ToString($"{DateWithoutWeekday(culture)} {culture.DateTimeFormat.ShortTimePattern}", culture);

    /// <summary>The date alone, such as "November 24, 2026".</summary>
    public static string DateOf(DateTimeOffset time, CultureInfo culture) => time.UtcDateTime.ToString(DateWithoutWeekday(culture), culture);

    /// <summary>Date and time for machines: ISO 8601 in UTC.</summary>
    public static string ForMachines(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // A culture has no pattern for "long, but without the weekday", which nobody needs to recognise a sign-in.
    private static string DateWithoutWeekday(CultureInfo culture) =>
        culture.DateTimeFormat.LongDatePattern.Replace("dddd", string.Empty, StringComparison.Ordinal).Trim(' ', ',', '،');
}
