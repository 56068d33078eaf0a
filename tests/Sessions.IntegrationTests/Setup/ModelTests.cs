using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Sessions.Identity;
using Sessions.Identity.EntityFrameworkCore;

namespace Sessions.IntegrationTests.Setup;

/// <summary>The tables as each provider gets them. No server is needed for this.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Sql_server_gets_typed_columns_filtered_unique_indexes_and_a_cascade()
    {
        using var context = Hand.Made<KeyedDb<int>, IdentityUser<int>>(options => options.UseSqlServer("Server=nowhere"));

        var script = context.Database.GenerateCreateScript();

        var sessions = Statement(script, "CREATE TABLE [AspNetUserSessions]");
        Assert.Contains("[Id] uniqueidentifier NOT NULL", sessions, StringComparison.Ordinal);
        Assert.Contains("[UserId] int NOT NULL", sessions, StringComparison.Ordinal);
        Assert.Contains("[KeyDigest] nvarchar(64) NOT NULL", sessions, StringComparison.Ordinal);
        Assert.Contains("[IpAddressBytes] varbinary(16) NULL", sessions, StringComparison.Ordinal);
        Assert.Contains("[EndedAt] datetime2 NULL", sessions, StringComparison.Ordinal);
        Assert.Contains("FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE", sessions, StringComparison.Ordinal);
        var events = Statement(script, "CREATE TABLE [AspNetSessionEvents]");
        Assert.Contains("[UserId] int NULL", events, StringComparison.Ordinal);
        Assert.DoesNotContain("FOREIGN KEY", events, StringComparison.Ordinal);
        Assert.Contains("CREATE UNIQUE INDEX [IX_AspNetUserSessions_KeyDigest] ON [AspNetUserSessions] ([KeyDigest]);", script, StringComparison.Ordinal);
        Assert.Contains("ON [AspNetUserSessions] ([NoticeKeyDigest]) WHERE [NoticeKeyDigest] IS NOT NULL;", script, StringComparison.Ordinal);
        Assert.Contains("ON [AspNetSessionEvents] ([BurstKey]) WHERE [BurstKey] IS NOT NULL;", script, StringComparison.Ordinal);
        Assert.Contains("ON [AspNetSessionEvents] ([WriteKey]) WHERE [WriteKey] IS NOT NULL;", script, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE [AspNetSessionLeases]", script, StringComparison.Ordinal);
        Assert.DoesNotContain("nvarchar(max)", sessions + events, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(string), "nvarchar(450) NOT NULL", "nvarchar(450) NULL")]
    [InlineData(typeof(Guid), "uniqueidentifier NOT NULL", "uniqueidentifier NULL")]
    [InlineData(typeof(int), "int NOT NULL", "int NULL")]
    [InlineData(typeof(long), "bigint NOT NULL", "bigint NULL")]
    public void Sql_server_gets_the_users_own_key_type(Type key, string ofSessions, string ofEvents)
    {
        using var context = Hand.MadeFor(key, options => options.UseSqlServer("Server=nowhere"));

        var script = context.Database.GenerateCreateScript();

        Assert.Contains($"[UserId] {ofSessions}", Statement(script, "CREATE TABLE [AspNetUserSessions]"), StringComparison.Ordinal);
        Assert.Contains($"[UserId] {ofEvents}", Statement(script, "CREATE TABLE [AspNetSessionEvents]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(string), "text")]
    [InlineData(typeof(Guid), "uuid")]
    [InlineData(typeof(int), "integer")]
    [InlineData(typeof(long), "bigint")]
    public void Migrations_see_the_tables_with_the_users_own_key_type(Type key, string column)
    {
        using var context = Hand.MadeFor(key, options => options.UseNpgsql("Host=nowhere"));
        var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();

        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, model);

        var sessions = operations.OfType<CreateTableOperation>().Single(table => table.Name == "AspNetUserSessions");
        var events = operations.OfType<CreateTableOperation>().Single(table => table.Name == "AspNetSessionEvents");
        Assert.Equal((column, false), Column(sessions));
        Assert.Equal((column, true), Column(events));
        Assert.Equal(ReferentialAction.Cascade, Assert.Single(sessions.ForeignKeys).OnDelete);
        Assert.Empty(events.ForeignKeys);
    }

    [Theory]
    [InlineData("AspNetUserSessions", "KeyDigest")]
    [InlineData("AspNetUserSessions", "UserId,EndedAt,LastSeenAt")]
    [InlineData("AspNetUserSessions", "UserId,DeviceId")]
    [InlineData("AspNetUserSessions", "EndedAt,ExpiresAt")]
    [InlineData("AspNetUserSessions", "EndedBy,EndedAt")]
    [InlineData("AspNetSessionEvents", "UserId,OccurredAt,Id")]
    [InlineData("AspNetSessionEvents", "Identity,OccurredAt,Id")]
    [InlineData("AspNetSessionEvents", "DeviceId,OccurredAt,Id")]
    [InlineData("AspNetSessionEvents", "IpAddressBytes,OccurredAt")]
    [InlineData("AspNetSessionEvents", "OccurredAt,Id")]
    [InlineData("AspNetSessionEvents", "ActorId,OccurredAt")]
    public void Every_query_has_its_index(string table, string columns)
    {
        using var context = Hand.MadeFor(typeof(string), options => options.UseSqlite("Data Source=:memory:"));

        var indexes = context.Model.GetRelationalModel().FindTable(table, schema: null)!.Indexes;

        Assert.Contains(columns, indexes.Select(index => string.Join(',', index.Columns.Select(column => column.Name))));
    }

    // A sign-in, which nobody else made, has no entry there.
    [Theory]
    [InlineData(ProviderNames.SqlServer, "ON [AspNetUserSessions] ([EndedBy], [EndedAt]) WHERE [EndedBy] IS NOT NULL;", "ON [AspNetSessionEvents] ([ActorId], [OccurredAt]) WHERE [ActorId] IS NOT NULL;", "ON [AspNetSessionEvents] ([Identity], [OccurredAt], [Id]) WHERE [Identity] IS NOT NULL;")]
    [InlineData(ProviderNames.Postgres, "ON \"AspNetUserSessions\" (\"EndedBy\", \"EndedAt\") WHERE \"EndedBy\" IS NOT NULL;", "ON \"AspNetSessionEvents\" (\"ActorId\", \"OccurredAt\") WHERE \"ActorId\" IS NOT NULL;", "ON \"AspNetSessionEvents\" (\"Identity\", \"OccurredAt\", \"Id\") WHERE \"Identity\" IS NOT NULL;")]
    [InlineData(ProviderNames.Sqlite, "ON \"AspNetUserSessions\" (\"EndedBy\", \"EndedAt\") WHERE \"EndedBy\" IS NOT NULL;", "ON \"AspNetSessionEvents\" (\"ActorId\", \"OccurredAt\") WHERE \"ActorId\" IS NOT NULL;", "ON \"AspNetSessionEvents\" (\"Identity\", \"OccurredAt\", \"Id\") WHERE \"Identity\" IS NOT NULL;")]
    public void The_indexes_of_what_hardly_any_row_has_leave_the_others_out(string provider, string ofSessions, string ofEvents, string ofFailures)
    {
        using var context = Hand.MadeFor(typeof(string), options => Use(options, provider));

        var script = context.Database.GenerateCreateScript();

        Assert.Contains(ofSessions, script, StringComparison.Ordinal);
        Assert.Contains(ofEvents, script, StringComparison.Ordinal);
        Assert.Contains(ofFailures, script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProviderNames.SqlServer, "WHERE [by \"who]] ever\"] IS NOT NULL;")]
    [InlineData(ProviderNames.Postgres, "WHERE \"by \"\"who] ever\"\"\" IS NOT NULL;")]
    [InlineData(ProviderNames.Sqlite, "WHERE \"by \"\"who] ever\"\"\" IS NOT NULL;")]
    public void They_name_a_renamed_column_as_the_host_does(string provider, string where)
    {
        using var context = Hand.Made<ShapedDb<RenamedActors>, IdentityUser>(options => Use(options, provider));

        var script = context.Database.GenerateCreateScript();

        Assert.Equal(2, script.Split(where).Length - 1);
    }

    [Fact]
    public void A_column_that_is_renamed_when_the_model_is_all_but_made_is_followed()
    {
        using var context = Hand.Made<ShapedDb<LateNames>, IdentityUser>(options => Use(options, ProviderNames.Sqlite));

        Assert.Contains("WHERE \"late\" IS NOT NULL;", context.Database.GenerateCreateScript(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_not_known_keeps_all_rows_in_them()
    {
        using var context = Hand.MadeFor(typeof(string), options => options.UseInMemoryDatabase("unknown"));

        var actors = context.GetService<IDesignTimeModel>().Model.FindEntityType(typeof(IdentitySessionEvent<string>))!.GetIndexes()
            .Single(index => index.Properties[0].Name == "ActorId");

        Assert.Null(actors.GetFilter());
    }

    [Fact]
    public void Every_string_has_a_length()
    {
        using var context = Hand.MadeFor(typeof(string), options => options.UseSqlite("Data Source=:memory:"));

        var unbounded = context.Model.GetEntityTypes()
            .Where(entity => entity.ClrType.Assembly == typeof(UserSessionOptions).Assembly)
            .SelectMany(entity => entity.GetProperties())
            .Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is null && property.Name != "UserId");

        Assert.Empty(unbounded);
    }

    private static void Use(DbContextOptionsBuilder options, string provider) => _ = provider switch
    {
        ProviderNames.SqlServer => options.UseSqlServer("Server=nowhere"),
        ProviderNames.Postgres => options.UseNpgsql("Host=nowhere"),
        _ => options.UseSqlite("Data Source=:memory:"),
    };

    private static (string? Type, bool IsNullable) Column(CreateTableOperation table) =>
        table.Columns.Where(column => column.Name == "UserId").Select(column => (column.ColumnType, column.IsNullable)).Single();

    private static string Statement(string script, string start)
    {
        var from = script.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"There is no {start}.");
        return script[from..script.IndexOf(");", from, StringComparison.Ordinal)];
    }
}
