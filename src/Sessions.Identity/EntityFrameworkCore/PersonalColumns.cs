using System.Globalization;
using System.Reflection;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What of a row is a person's to have: all but digests, keys of ours, and what operators wrote for themselves.</summary>
internal static class PersonalColumns
{
    private static readonly HashSet<string> _ours = new(StringComparer.Ordinal)
    {
        "KeyDigest", "StampDigest", "TwoFactorRememberDigest", "NoticeKeyDigest", "IpAddressBytes", "EndedBy", "EndNote", "EndMetadata",
        "EndScope", "ActorId", "Note", "BurstKey", "WriteKey",
    };

    public static IReadOnlyDictionary<string, string> Of<TRow>(TRow row) =>
        Columns<TRow>.All
            .Select(column => (column.Name, Value: column.GetValue(row)))
            .Where(column => column.Value is not null and not false)
            .ToDictionary(column => column.Name, column => Text(column.Value!));

    private static string Text(object value) => value switch
    {
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    private static class Columns<TRow>
    {
        public static readonly PropertyInfo[] All = [.. typeof(TRow).GetProperties().Where(column => !_ours.Contains(column.Name))];
    }
}
