using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The look-up's SQL, with every name from EF's own model: hosts rename tables and columns, use schemas and converters.</summary>
internal sealed class LookupColumns
{
    private const string KeyParameter = "key";

    private static readonly string[] _sessionColumns =
    [
        "Id", "UserId", "Scheme", "DeviceId", "StampDigest", "CreatedAt", "LastSeenAt", "ExpiresAt", "AccessConfirmedAt", "EndedAt", "EndReason", "IsAdopted", "DeviceType",
    ];

    private static readonly string[] _userColumns = ["SecurityStamp", "LockoutEnd", "LockoutEnabled"];

    private LookupColumns(string sql, IProperty key, string parameterName, IReadOnlyList<IProperty> selected)
    {
        Sql = sql;
        Key = key;
        ParameterName = parameterName;
        Selected = selected;
    }

    public string Sql { get; }

    public IProperty Key { get; }

    public string ParameterName { get; }

    /// <summary>What is selected, in order: the session's columns, then the user's.</summary>
    public IReadOnlyList<IProperty> Selected { get; }

    public static LookupColumns? Of(IEntityType? session, IEntityType? user, ISqlGenerationHelper sql)
    {
        if (session is null || user is null || Table(session, ["KeyDigest", .. _sessionColumns]) is not { } sessions
            || user.FindPrimaryKey()?.Properties is not [var userId]
            || Table(user, [userId.Name, .. _userColumns]) is not { } users)
        {
            return null;
        }

        var key = session.FindProperty("KeyDigest")!;
        IProperty[] ofSession = [.. _sessionColumns.Select(name => session.FindProperty(name)!)];
        IProperty[] ofUser = [.. _userColumns.Select(name => user.FindProperty(name)!), userId];

        string Column(string alias, IProperty property, StoreObjectIdentifier table) =>
            $"{alias}.{sql.DelimitIdentifier(property.GetColumnName(table)!)}";

        var selected = ofSession.Select(property => Column("s", property, sessions)).Concat(ofUser.Select(property => Column("u", property, users)));
        var text =
            $"SELECT {string.Join(", ", selected)} " +
            $"FROM {sql.DelimitIdentifier(sessions.Name, sessions.Schema)} AS s " +
            $"LEFT JOIN {sql.DelimitIdentifier(users.Name, users.Schema)} AS u " +
            $"ON {Column("s", session.FindProperty("UserId")!, sessions)} = {Column("u", userId, users)} " +
            $"WHERE {Column("s", key, sessions)} = {sql.GenerateParameterNamePlaceholder(KeyParameter)}";
        return new LookupColumns(text, key, sql.GenerateParameterName(KeyParameter), [.. ofSession, .. ofUser]);
    }

    // The one table that has all of them; none where an entity is split or mapped to something else.
    private static StoreObjectIdentifier? Table(IEntityType entity, string[] properties)
    {
        foreach (var mapping in entity.GetTableMappings())
        {
            var table = StoreObjectIdentifier.Table(mapping.Table.Name, mapping.Table.Schema);
            if (properties.All(name => entity.FindProperty(name)?.GetColumnName(table) is not null))
            {
                return table;
            }
        }

        return null;
    }
}
