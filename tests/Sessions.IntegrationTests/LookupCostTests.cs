using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

/// <summary>What the check of a request costs in commands: one.</summary>
public sealed class LookupCostTests
{
    [Fact]
    public async Task A_request_asks_the_database_exactly_once()
    {
        var commands = new CommandCounter();
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureContext = (services, database) =>
            services.AddDbContext<TestDb>(options =>
            {
                database.Use(options);
                options.AddInterceptors(commands);
            }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        commands.Clear();

        Assert.True(await device.IsSignedInAsync());

        var command = Assert.Single(commands.Texts);
        Assert.Contains("SecurityStamp", command, StringComparison.Ordinal);
        Assert.Contains("LockoutEnd", command, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plain_command_uses_the_unique_index_on_the_keys_digest_and_the_users_primary_key()
    {
        await using var app = await TestApp.StartAsync();

        await using var connection = new SqliteConnection(app.Database.ConnectionString);
        await connection.OpenAsync();
        await using var explain = connection.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN SELECT s.Id, u.SecurityStamp FROM AspNetUserSessions s LEFT JOIN AspNetUsers u ON s.UserId = u.Id WHERE s.KeyDigest = 'x'";
        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        Assert.Collection(
            plan,
            step => Assert.Contains("USING INDEX IX_AspNetUserSessions_KeyDigest", step, StringComparison.Ordinal),
            step => Assert.Contains("USING INDEX", step, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_file_that_was_replaced_is_the_one_that_is_asked()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        Assert.True(await device.IsSignedInAsync());

        await app.InDatabaseAsync(async db => await db.Database.EnsureDeletedAsync() && await db.Database.EnsureCreatedAsync());
        await app.CreateUserAsync();

        Assert.False(await device.IsSignedInAsync());
        await device.SignInAsync();
        Assert.True(await device.IsSignedInAsync());
    }
}
