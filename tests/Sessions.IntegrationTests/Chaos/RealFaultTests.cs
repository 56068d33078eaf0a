using Microsoft.Data.Sqlite;
using Npgsql;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>The same rule with faults of real databases: tables that are gone, a writer that locks, a table that hangs.</summary>
public sealed class RealFaultTests
{
    public static MatrixTheoryData<string, string> Cells => new(["sqlite", "postgres"], SignInPath.All.Keys);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task With_the_tables_gone_people_sign_in_and_out_and_are_tracked_when_they_are_back(string provider, string pathName)
    {
        var path = SignInPath.All[pathName];
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var device = app.NewDevice();
        var request = await path.PrepareAsync(app, device);

        await database.RenameAsync("AspNetUserSessions", "Gone");
        Assert.Equal("Succeeded", await device.PostAsync(request));
        Assert.True(await device.IsSignedInAsync());
        await database.RenameAsync("Gone", "AspNetUserSessions");

        Assert.True(await device.IsSignedInAsync());
        Assert.Equal((SessionEventKind.SignedIn, path.Method), Assert.Single((await app.EventsAsync()).Select(row => (row.Kind, row.SignInMethod))));
        await device.PostAsync("/signout");
        Assert.Equal(SessionEndReason.SignedOut, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    // A recovery code is left out: Identity itself writes when one is used, and waits for the lock by its own limit.
    [Theory]
    [InlineData("password by name")]
    [InlineData("direct")]
    [InlineData("HttpContext")]
    [InlineData("external")]
    [InlineData("refresh")]
    public async Task With_SQLite_locked_by_another_writer_nobody_waits_longer_than_the_budget(string pathName)
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = chaos.App.NewDevice();
        var request = await SignInPath.All[pathName].PrepareAsync(chaos.App, device);
        await using var writer = new SqliteConnection(chaos.App.Database.ConnectionString);
        await writer.OpenAsync();
        await ExecuteAsync(writer, "BEGIN IMMEDIATE");
        chaos.Store.Insert.Begin(FaultKind.Watch);
        chaos.Store.End.Begin(FaultKind.Watch);

        Assert.Equal("Succeeded", await chaos.WithinOneBudgetAsync(() => device.PostAsync(request)));
        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));
        var copy = device.Copy();
        await chaos.WithinOneBudgetAsync(() => device.PostAsync("/signout"));
        await ExecuteAsync(writer, "ROLLBACK");
        chaos.Store.EndAll();

        await Eventually.TrueAsync(
            async () =>
            {
                chaos.PassBreak();
                return (await chaos.App.SessionsAsync()).SingleOrDefault()?.EndReason == SessionEndReason.SignedOut && !await copy.IsSignedInAsync();
            },
            "the session and its end are written");
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignedOut], (await chaos.App.EventsAsync()).Select(row => row.Kind));
    }

    [Theory]
    [InlineData("AspNetUserSessions")]
    [InlineData("AspNetSessionEvents")]
    public async Task With_a_table_of_PostgreSQL_hanging_nobody_waits_longer_than_the_budget(string table)
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var chaos = await ChaosApp.StartAsync(setup => setup.Database = database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await using var locker = new NpgsqlConnection(database.ConnectionString);
        await locker.OpenAsync();
        await using var transaction = await locker.BeginTransactionAsync();
        await ExecuteAsync(locker, $"LOCK TABLE \"{table}\" IN ACCESS EXCLUSIVE MODE");
        chaos.Store.BeginAll(FaultKind.Watch);

        Assert.Equal("Succeeded", await chaos.WithinOneBudgetAsync(() => device.SignInAsync()));
        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));
        await transaction.RollbackAsync();
        chaos.Store.EndAll();
        chaos.PassBreak();

        Assert.True(await device.IsSignedInAsync());
        var session = Assert.Single(await chaos.App.SessionsAsync());
        Assert.Equal((SessionEventKind.SignedIn, session.Id), Assert.Single((await chaos.App.EventsAsync()).Select(row => (row.Kind, row.SessionId!.Value))));
        Assert.Equal(session.Id.ToString(), await device.SessionIdAsync());
    }

    private static async Task ExecuteAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
