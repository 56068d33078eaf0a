using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class ForgetTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Forgetting_removes_rows_and_trail_and_takes_the_name_off_the_failures_that_stay(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var ada = await HistoryOfAsync(app, "ada@example.com");
        var bob = await HistoryOfAsync(app, "bob@example.com");

        await app.WithUsersAsync(async users =>
        {
            await users.ForgetSessionsAsync(ada);
            return true;
        });

        Assert.DoesNotContain(await app.SessionsAsync(), row => row.UserId == ada.Id);
        Assert.DoesNotContain(await app.EventsAsync(), row => row.UserId == ada.Id);
        Assert.DoesNotContain(await app.EventsAsync(), row => row.Identity == "ada@example.com");
        Assert.Equal(2, (await app.EventsAsync()).Count(row => row.Kind == SessionEventKind.SignInFailed));
        Assert.Equal(4, (await app.EventsAsync()).Count(row => row.UserId == bob.Id || row.Identity == "bob@example.com"));
        Assert.Empty((await app.WithUsersAsync(users => users.GetSessionHistoryAsync(ada))).Events);
    }

    [Fact]
    public async Task Who_was_forgotten_is_signed_out_and_can_sign_in_again()
    {
        await using var app = await TestApp.StartAsync();
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await ForgetAsync(app, user);

        Assert.False(await device.IsSignedInAsync());
        await device.SignInAsync();
        Assert.True(await device.IsSignedInAsync());
        await ForgetAsync(app, user);
        Assert.Empty(await app.SessionsAsync());
    }

    [Fact]
    public async Task An_old_ticket_of_somebody_who_was_forgotten_is_not_adopted_anew()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, devices: 2);
        await using var running = app;
        Assert.True(await devices[0].IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromMinutes(1));

        await ForgetAsync(app, (await app.WithUsersAsync(users => users.FindByNameAsync("ada@example.com")))!);

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.False(await devices[1].IsSignedInAsync());
        Assert.All(await app.EventsAsync(), row => Assert.Null(row.UserId));
    }

    [Theory]
    [InlineData("sqlite", DeletedUserMode.Erase)]
    [InlineData("sqlite", DeletedUserMode.KeepUnlinked)]
    [InlineData("postgres", DeletedUserMode.Erase)]
    [InlineData("postgres", DeletedUserMode.KeepUnlinked)]
    public async Task Deleting_the_account_forgets_the_person_as_the_host_wishes(string provider, DeletedUserMode mode)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, mode);
        var ada = await HistoryOfAsync(app, "ada@example.com");
        await HistoryOfAsync(app, "bob@example.com");

        await app.WithUsersAsync(async users => await users.DeleteAsync((await users.FindByIdAsync(ada.Id))!));

        Assert.DoesNotContain(await app.SessionsAsync(), row => row.UserId == ada.Id);
        Assert.DoesNotContain(await app.EventsAsync(), row => row.UserId == ada.Id || row.Identity == "ada@example.com");
        Assert.Equal(mode == DeletedUserMode.Erase ? 5 : 8, (await app.EventsAsync()).Count);
        Assert.Equal(1, (await app.EventsAsync()).Count(row => row.Identity == "bob@example.com"));
    }

    [Theory]
    [InlineData("sqlite", DeletedUserMode.Erase)]
    [InlineData("sqlite", DeletedUserMode.KeepUnlinked)]
    [InlineData("postgres", DeletedUserMode.Erase)]
    [InlineData("postgres", DeletedUserMode.KeepUnlinked)]
    public async Task An_account_deleted_by_plain_sql_is_caught_by_the_sweep(string provider, DeletedUserMode mode)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, mode);
        var ada = await HistoryOfAsync(app, "ada@example.com");
        await HistoryOfAsync(app, "bob@example.com");
        await DeleteBySqlAsync(app, ada.Id);
        app.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, (await app.SweepAsync()).ForgottenUserCount);

        Assert.DoesNotContain(await app.EventsAsync(), row => row.UserId == ada.Id);
        Assert.Single(await app.SessionsAsync(), row => row.EndedAt is null);
        Assert.Equal(mode == DeletedUserMode.Erase ? 5 : 8, (await app.EventsAsync()).Count);
        Assert.Equal(0, (await app.SweepAsync()).ForgottenUserCount);
    }

    [Theory]
    [InlineData("sqlite", Forgotten.Unlinked)]
    [InlineData("sqlite", Forgotten.SweptUnlinked)]
    [InlineData("postgres", Forgotten.Unlinked)]
    [InlineData("postgres", Forgotten.SweptUnlinked)]
    public async Task An_unlinked_trail_says_what_happened_and_from_where_but_not_in_whose_browser(string provider, string way)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await Forgotten.StartAsync(database, way);
        var ada = await HistoryOfAsync(app, "ada@example.com");
        Assert.All((await app.EventsAsync()).Where(row => row.UserId == ada.Id), row => Assert.NotNull(row.DeviceId));

        await app.ForgetAsync(ada, way);

        var trail = (await app.EventsAsync()).Where(row => row.Kind != SessionEventKind.SignInFailed).ToList();
        Assert.Equal(["SignedIn", "Revoked", "SignedIn"], trail.Select(row => row.Kind));
        Assert.All(trail, row => Assert.Equal((null, null, null, null), (row.UserId, row.Identity, row.DeviceId, row.Metadata)));
        Assert.All(trail, row => Assert.Equal(Device.ChromeOnWindows, row.UserAgent));
    }

    [Fact]
    public async Task A_session_whose_account_went_without_it_is_refused_at_its_next_request_and_swept()
    {
        await using var app = await TestApp.StartAsync();
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await DeleteBySqlAsync(app, user.Id, "PRAGMA foreign_keys = OFF;");
        Assert.Single(await app.SessionsAsync());

        Assert.False(await device.IsSignedInAsync());

        app.Time.Advance(TimeSpan.FromMinutes(2));
        await app.SweepAsync();
        Assert.Empty(await app.SessionsAsync());
        Assert.Empty(await app.EventsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deletion_in_a_transaction_is_followed_only_when_it_is_committed(bool commits)
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var user = await HistoryOfAsync(app, "ada@example.com");
        var before = (await app.EventsAsync()).Count;

        await app.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<TestDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Remove(await db.Users.SingleAsync(row => row.Id == user.Id));
            await db.SaveChangesAsync();
            Assert.Equal(before, (await app.EventsAsync()).Count);
            await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());
            return true;
        });

        if (commits)
        {
            await Eventually.TrueAsync(async () =>
            {
                app.Time.Advance(TimeSpan.FromSeconds(1));
                return (await app.EventsAsync()).All(row => row.UserId is null && row.Identity is null);
            });
        }
        else
        {
            app.Time.Advance(TimeSpan.FromHours(2));
            Assert.Equal(before, (await app.EventsAsync()).Count(row => row.UserId == user.Id || row.Identity == "ada@example.com"));
        }
    }

    [Fact]
    public async Task Somebody_who_registered_with_anothers_address_does_not_take_that_ones_failures_along()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync("victim", user => (user.Email, user.EmailConfirmed) = ("victim@example.com", true));
        var other = await app.CreateUserAsync("other", user => (user.Email, user.EmailConfirmed) = ("victim@example.com", false));
        await app.NewDevice().SignInAsync("victim@example.com", "wrong");

        await ForgetAsync(app, other);

        Assert.Contains(await app.EventsAsync(), row => row.Identity == "victim@example.com");
    }

    private static Task<TestApp> StartAsync(TestDatabase database, DeletedUserMode mode) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Options = options => options.OnUserDeleted = mode;
    });

    private static Task<bool> ForgetAsync(TestApp app, IdentityUser user) => app.WithUsersAsync(async users =>
    {
        await users.ForgetSessionsAsync(user);
        return true;
    });

    private static async Task<IdentityUser> HistoryOfAsync(TestApp app, string name)
    {
        var user = await app.CreateUserAsync(name);
        var device = app.NewDevice();
        await device.SignInAsync(name, "wrong");
        await device.SignInAsync(name);
        await app.RevokeAllAsync(name);
        await device.SignInAsync(name);
        return user;
    }

    private static async Task DeleteBySqlAsync(TestApp app, string userId, string before = "")
    {
        await using var connection = app.Database.Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""{before} DELETE FROM "AspNetUsers" WHERE "Id" = '{userId}'""";
        await command.ExecuteNonQueryAsync();
    }
}
