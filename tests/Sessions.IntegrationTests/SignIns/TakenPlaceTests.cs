using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>A sign-in looks once at what it takes the place of, and writes once. One out, one in: then nothing can be left over.</summary>
public sealed class TakenPlaceTests
{
    // A batch is one command on PostgreSQL, and one for each row on SQLite.
    [Theory]
    [InlineData("sqlite", 4)]
    [InlineData("postgres", 3)]
    public async Task A_browser_that_comes_back_is_looked_at_once_and_not_again_after_the_write(string provider, int count)
    {
        var commands = new CommandCounter();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, options => options.AddInterceptors(commands));
        var device = await SignedInBeforeAsync(app);
        commands.Clear();

        await device.SignInAsync();

        var ours = commands.Texts.Where(text => text.Contains("AspNetUserSessions", StringComparison.Ordinal) || text.Contains("AspNetSessionEvents", StringComparison.Ordinal));
        Assert.Equal(count, ours.Count());
        Assert.Equal([SessionEndReason.Superseded, null], (await app.SessionsAsync()).Select(row => row.EndReason));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Where_more_are_live_than_may_be_a_browser_that_comes_back_prunes_the_oldest_too(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var keys = Directory.CreateTempSubdirectory("sessions-keys-");
        await using var before = await TestApp.StartAsync(setup => (setup.Database, setup.Keys) = (database, keys));
        await before.CreateUserAsync();
        await before.NewDevice().SignInAsync();
        await before.NewDevice().SignInAsync();
        var device = before.NewDevice();
        await device.SignInAsync();
        await using var app = await TestApp.StartAsync(setup => (setup.Database, setup.Keys, setup.Time, setup.CreateTables, setup.Options) =
            (database, keys, before.Time, false, options => options.MaxSessionsPerUser = 2));

        await app.NewDevice(cookies: device.Cookies).SignInAsync();

        Assert.Equal([SessionEndReason.Pruned, null, SessionEndReason.Superseded, null], (await app.SessionsAsync()).Select(row => row.EndReason));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_session_that_is_signed_out_between_the_look_and_the_write_keeps_its_reason_and_hands_on_no_remembered_machine(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var meanwhile = new Meanwhile(database, """UPDATE "AspNetUserSessions" SET "EndedAt" = "CreatedAt", "EndReason" = 'RevokedByUser'""");
        await using var app = await StartAsync(database, options => options.AddInterceptors(meanwhile));
        var device = await SignedInBeforeAsync(app);
        await database.ExecuteAsync("""UPDATE "AspNetUserSessions" SET "TwoFactorRememberDigest" = 'machine'""");
        meanwhile.IsDue = true;

        Assert.Equal("Succeeded", await device.SignInAsync());

        Assert.False(meanwhile.IsDue);
        Assert.True(await device.IsSignedInAsync());
        var sessions = await app.SessionsAsync();
        Assert.Equal([SessionEndReason.RevokedByUser, null], sessions.Select(row => row.EndReason));
        Assert.Equal(["machine", null], sessions.Select(row => row.TwoFactorRememberDigest));
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignedIn], (await app.EventsAsync()).Select(row => row.Kind));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_machine_that_is_remembered_between_the_look_and_the_write_is_handed_on(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var meanwhile = new Meanwhile(database, """UPDATE "AspNetUserSessions" SET "TwoFactorRememberDigest" = 'machine'""");
        await using var app = await StartAsync(database, options => options.AddInterceptors(meanwhile));
        var device = await SignedInBeforeAsync(app);
        meanwhile.IsDue = true;

        await device.SignInAsync();

        var sessions = await app.SessionsAsync();
        Assert.Equal([SessionEndReason.Superseded, null], sessions.Select(row => row.EndReason));
        Assert.Equal(["machine", "machine"], sessions.Select(row => row.TwoFactorRememberDigest));
    }

    private static Task<TestApp> StartAsync(TestDatabase database, Action<DbContextOptionsBuilder> configure) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(options =>
        {
            own.Use(options);
            configure(options);
        });
    });

    // The browser was closed, nobody signed out.
    private static async Task<Device> SignedInBeforeAsync(TestApp app)
    {
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        device.Forget(".AspNetCore.Identity.Application");
        return device;
    }

    /// <summary>Somebody else's write, right after the look.</summary>
    private sealed class Meanwhile(TestDatabase database, string sql) : DbCommandInterceptor
    {
        public bool IsDue { get; set; }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            if (IsDue && command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
                && command.CommandText.Contains("AspNetUserSessions", StringComparison.Ordinal) && command.CommandText.Contains("AspNetSessionEvents", StringComparison.Ordinal))
            {
                IsDue = false;
                await database.ExecuteAsync(sql);
            }

            return result;
        }
    }
}
