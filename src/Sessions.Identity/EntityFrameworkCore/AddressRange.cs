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
    // Longer than an address: SQL Server takes a shorter value for one that ends in zeros.
    private static readonly byte[] _beyondAll = [.. Enumerable.Repeat(byte.MaxValue, 17)];

    /// <summary>Looks in the index, or at each row of those that other conditions lead to: a network that has a large part of all rows is found faster along the time.</summary>
    public static IQueryable<TRow> FromNetwork<TRow>(this DbContext context, IPNetwork network, bool byIndex = true)
        where TRow : class, IOriginColumns
    {
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        var sql = context.GetService<ISqlGenerationHelper>();
        var table = sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
        var column = sql.DelimitIdentifier(entity
            .FindProperty(nameof(IOriginColumns.IpAddressBytes))!
            .GetColumnName(StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema()))!);
        var (first, last) = IpNetworks.Bounds(network);
        var looked = byIndex ? column : $"COALESCE({column}, {{2}})"; // what is worked out has no index; no address is beyond all of them
#pragma warning disable EF1002 // Names of the host's own model, delimited; what an operator wrote is a parameter.
        var range = byIndex && first.AsSpan().SequenceEqual(last)
            ? context.Set<TRow>().FromSqlRaw($"SELECT * FROM {table} WHERE {column} = {{0}}", first) // the index has one address's rows in the order of time
            : IpNetworks.HasMapped(network)
            ? context.Set<TRow>().FromSqlRaw(
                $"SELECT * FROM {table} WHERE {looked} >= {{0}} AND {looked} <= {{1}} AND NOT ({looked} >= {{3}} AND {looked} <= {{4}})",
                first, last, _beyondAll, IpNetworks.Mapped.First, IpNetworks.Mapped.Last)
            : context.Set<TRow>().FromSqlRaw($"SELECT * FROM {table} WHERE {looked} >= {{0}} AND {looked} <= {{1}}", first, last, _beyondAll);
        return range
            .AsNoTracking()
            .IgnoreQueryFilters();
#pragma warning restore EF1002
    }
}
