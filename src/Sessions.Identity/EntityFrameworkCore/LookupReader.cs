using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Reads the look-up's row, in the order of <see cref="LookupColumns.Selected"/>.</summary>
internal sealed class LookupReader(IReadOnlyList<IProperty> selected)
{
    private readonly Func<DbDataReader, object?>[] _columns = [.. selected.Select(ColumnReader.For)];

    public SessionRecord Read(DbDataReader reader) => new()
    {
        Id = (Guid)_columns[0](reader)!,
        UserId = Convert.ToString(_columns[1](reader), CultureInfo.InvariantCulture)!,
        Scheme = (string)_columns[2](reader)!,
        DeviceId = (string?)_columns[3](reader),
        StampDigest = (string?)_columns[4](reader),
        CreatedAt = (DateTimeOffset)_columns[5](reader)!,
        LastSeenAt = (DateTimeOffset)_columns[6](reader)!,
        ExpiresAt = (DateTimeOffset?)_columns[7](reader),
        AccessConfirmedAt = (DateTimeOffset?)_columns[8](reader),
        EndedAt = (DateTimeOffset?)_columns[9](reader),
        EndReason = (string?)_columns[10](reader),
        IsAdopted = (bool)_columns[11](reader)!,
        IsNamed = _columns[12](reader) is not null,
        SecurityStamp = (string?)_columns[13](reader) ?? (_columns[16](reader) is null ? null : SessionRecord.NoStamp),
        LockoutEnd = (DateTimeOffset?)_columns[14](reader),
        IsLockoutEnabled = _columns[15](reader) is true,
        IsUserGone = _columns[16](reader) is null,
    };
}
