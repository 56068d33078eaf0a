using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Sessions.Identity.Locations;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Rows whose address lies in a network: a range of the column of 16 bytes, which every provider orders byte by byte and its index serves. C# has no comparison of byte arrays for EF to translate.</summary>
internal static class AddressRange
{
    public static IQueryable<TRow> FromNetwork<TRow>(this DbContext context, IPNetwork network)
        where TRow : class, IOriginColumns
    {
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        var sql = context.GetService<ISqlGenerationHelper>();
        var table = sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
        var column = sql.DelimitIdentifier(entity
            .FindProperty(nameof(IOriginColumns.IpAddressBytes))!
            .GetColumnName(StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema()))!);
        var (first, last) = IpNetworks.Bounds(network);
#pragma warning disable EF1002 // Names of the host's own model, delimited; what an operator wrote is a parameter.
        var range = IpNetworks.HasMapped(network)
            ? context.Set<TRow>().FromSqlRaw(
                $"SELECT * FROM {table} WHERE {column} >= {{0}} AND {column} <= {{1}} AND NOT ({column} >= {{2}} AND {column} <= {{3}})",
                first, last, IpNetworks.Mapped.First, IpNetworks.Mapped.Last)
            : context.Set<TRow>().FromSqlRaw($"SELECT * FROM {table} WHERE {column} >= {{0}} AND {column} <= {{1}}", first, last);
        return range
            .AsNoTracking()
            .IgnoreQueryFilters();
#pragma warning restore EF1002
    }
}
