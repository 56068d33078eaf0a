using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Keeps times as UTC <see cref="DateTime"/>: SQLite can neither order nor compare <see cref="DateTimeOffset"/>.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTimeOffset, DateTime>(
    time => time.UtcDateTime,
    time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)));
