using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Sessions.Identity.Stores;

/// <summary>The place in a trail after which the next page begins: an event's time and id (keyset paging).</summary>
internal readonly record struct HistoryCursor(DateTimeOffset OccurredAt, Guid Id)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{OccurredAt.UtcTicks}.{Id:N}")));

    /// <summary>Reads a cursor that a caller hands back. Anything else than one of ours gives none.</summary>
    public static HistoryCursor? Parse(string? text)
    {
        if (text is null or { Length: > 128 } || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(parts[1], "N", out var id)
                ? new HistoryCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
                : null;
    }
}
