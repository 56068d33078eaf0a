using System.Data.Common;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns.Early;

/// <summary>What others write between that question and the sign-in's own write: their decisions hold, and one session of a browser stays.</summary>
public sealed class MeanwhileTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_session_that_is_signed_out_while_the_password_is_hashed_keeps_its_reason_and_hands_on_no_remembered_machine(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var chaos = await HashingApp.StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        await database.ExecuteAsync("""UPDATE "AspNetUserSessions" SET "TwoFactorRememberDigest" = 'machine'""");
        HashingApp.Of(chaos).Meanwhile = () => database.ExecuteAsync("""UPDATE "AspNetUserSessions" SET "EndedAt" = "CreatedAt", "EndReason" = 'RevokedByUser'""");

        Assert.Equal("Succeeded", await device.SignInAsync());

        Assert.True(await device.IsSignedInAsync());
        var sessions = await chaos.App.SessionsAsync();
        Assert.Equal([SessionEndReason.RevokedByUser, null], sessions.Select(row => row.EndReason));
        Assert.Equal(["machine", null], sessions.Select(row => row.TwoFactorRememberDigest));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_machine_that_is_remembered_while_the_password_is_hashed_is_handed_on(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var chaos = await HashingApp.StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        HashingApp.Of(chaos).Meanwhile = () => database.ExecuteAsync("""UPDATE "AspNetUserSessions" SET "TwoFactorRememberDigest" = 'machine'""");

        await device.SignInAsync();

        var sessions = await chaos.App.SessionsAsync();
        Assert.Equal([SessionEndReason.Superseded, null], sessions.Select(row => row.EndReason));
        Assert.Equal(["machine", "machine"], sessions.Select(row => row.TwoFactorRememberDigest));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_session_that_the_same_browser_begins_while_the_password_is_hashed_is_superseded(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var chaos = await HashingApp.StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        var other = device.Copy();
        HashingApp.Of(chaos).Meanwhile = async () => Assert.Equal("Succeeded", await other.SignInAsync());

        await device.SignInAsync();

        Assert.Equal([SessionEndReason.SignedOut, SessionEndReason.Superseded, null], (await chaos.App.SessionsAsync()).Select(row => row.EndReason));
        chaos.App.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await other.IsSignedInAsync());
        Assert.True(await device.IsSignedInAsync());
    }

    // The one that is being written took a session's place, so it does not look again itself: who comes upon that session has to.
    [Fact]
    public async Task A_session_of_the_same_browser_that_is_just_being_written_is_waited_for_and_superseded()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var chaos = await HashingApp.StartAsync(database, options: options => options.TrackingTimeout = TimeSpan.FromMinutes(1));
        await chaos.App.CreateUserAsync();
        var newest = chaos.App.NewDevice();
        await newest.SignInAsync();
        await newest.PostAsync("/signout");
        var older = newest.Copy();
        await using var gate = await HoldAsync(database);
        var held = Task.FromResult("");
        HashingApp.Of(chaos).Meanwhile = async () =>
        {
            Assert.Equal("Succeeded", await older.SignInAsync());
            held = chaos.App.NewDevice(Device.SafariOnIPhone, older.Copy().Cookies).SignInAsync();
            await SomebodyWaitsAsync(database, "advisory");
        };

        var answer = newest.SignInAsync();
        await SomebodyWaitsAsync(database, "transactionid");
        await AskAsync(gate, "SELECT pg_advisory_unlock(42)");

        Assert.Equal(["Succeeded", "Succeeded"], await Task.WhenAll(answer, held));
        var sessions = await chaos.App.SessionsAsync();
        Assert.Equal([SessionEndReason.SignedOut, SessionEndReason.Superseded, SessionEndReason.Superseded, null], sessions.OrderBy(row => row.CreatedAt).Select(row => row.EndReason));
        Assert.Equal(sessions.Single(row => row.EndedAt is null).Id.ToString(), await newest.SessionIdAsync());
    }

    [Fact]
    public async Task A_session_over_the_cap_that_takes_anothers_place_just_now_is_waited_for_and_pruned()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var chaos = await HashingApp.StartAsync(database, options: options => (options.TrackingTimeout, options.MaxSessionsPerUser) = (TimeSpan.FromMinutes(1), 1));
        HashingApp.Of(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice(Device.SafariOnIPhone);
        await device.SignInAsync();
        await using var gate = await HoldAsync(database);

        var held = device.SignInAsync();
        await SomebodyWaitsAsync(database, "advisory");
        var answer = chaos.App.NewDevice().SignInAsync();
        await SomebodyWaitsAsync(database, "transactionid");
        await AskAsync(gate, "SELECT pg_advisory_unlock(42)");

        Assert.Equal(["Succeeded", "Succeeded"], await Task.WhenAll(held, answer));
        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.Pruned, null], (await chaos.App.SessionsAsync()).OrderBy(row => row.CreatedAt).Select(row => row.EndReason));
    }

    // Until the gate is unlocked, a session of an iPhone is written and not committed.
    private static async Task<DbConnection> HoldAsync(TestDatabase database)
    {
        await database.ExecuteAsync("""
            CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW."UserAgent" LIKE ''%iPhone%'' THEN PERFORM pg_advisory_xact_lock(42); END IF; RETURN NEW; END';
            CREATE TRIGGER held BEFORE INSERT ON "AspNetUserSessions" FOR EACH ROW EXECUTE FUNCTION held()
            """);
        var gate = database.Connect();
        await gate.OpenAsync();
        await AskAsync(gate, "SELECT pg_advisory_lock(42)");
        return gate;
    }

    private static Task SomebodyWaitsAsync(TestDatabase database, string lockOf) => Eventually.TrueAsync(
        async () =>
        {
            await using var connection = database.Connect();
            await connection.OpenAsync();
            return await AskAsync(connection, $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = '{lockOf}'") is 1L;
        },
        $"somebody waits for a lock of the kind {lockOf}");

    private static async Task<object?> AskAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
