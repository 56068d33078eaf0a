using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>A changed account ends its other sessions at once, and never the device that changed it.</summary>
public sealed class AccountChangeTests
{
    public static TheoryData<string, string, string> Changes { get; } = new(
        from provider in new[] { "sqlite", "postgres" }
        from change in new[]
        {
            ("password", SessionEndReason.PasswordChanged),
            ("stamp", SessionEndReason.SecurityStampChanged),
            ("two-factor", SessionEndReason.SecurityStampChanged),
            ("email", SessionEndReason.SecurityStampChanged),
            ("phone", SessionEndReason.SecurityStampChanged),
            ("remove-login", SessionEndReason.SecurityStampChanged),
            ("remove-passkey", SessionEndReason.SecurityStampChanged),
        }
        select (provider, change.Item1, change.Item2));

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_ends_the_others_at_once_with_its_reason_and_the_device_that_made_it_stays(string provider, string change, string reason)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var user = await app.CreateUserWithLoginAsync("Google");
        await app.AddPasskeyAsync(user);
        var (mine, other) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await mine.SignInAsync();
        await other.SignInAsync();
        var tab = mine.Copy();

        Assert.Equal("Succeeded", await mine.PostAsync($"/change/{change}"));

        var sessions = await app.SessionsAsync();
        Assert.Equal([null, reason], sessions.Select(row => row.EndReason));
        var revoked = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.Equal((reason, sessions[1].Id, null), (revoked.EndReason, revoked.SessionId!.Value, revoked.ActorId));
        Assert.False(await other.IsSignedInAsync());
        Assert.True(await mine.IsSignedInAsync(), "The device that made the change stays, without a refresh by the page.");
        Assert.True(await tab.IsSignedInAsync(), "Its second tab has the old ticket still, and stays too.");
        app.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await mine.IsSignedInAsync(), "Identity's own interval finds the new stamp in the ticket.");
        Assert.True(await tab.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task With_the_stamp_interval_at_zero_requests_in_flight_keep_the_changing_device(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, setup => setup.ConfigureServices = services =>
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero));
        await app.CreateUserAsync();
        var (mine, other) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await mine.SignInAsync();
        await other.SignInAsync();
        var tabs = Enumerable.Range(0, 8).Select(_ => mine.Copy()).ToArray();

        for (var round = 0; round < 5; round++)
        {
            var requests = tabs.Select(tab => tab.IsSignedInAsync()).ToList();
            requests.Add(mine.PostAsync("/change/stamp").ContinueWith(done => done.Result == "Succeeded", TaskScheduler.Default));
            requests.AddRange(tabs.Select(tab => tab.IsSignedInAsync()));
            Assert.All(await Task.WhenAll(requests), Assert.True);
        }

        Assert.Null((await app.SessionsAsync())[0].EndedAt);
        Assert.False(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task A_change_between_our_look_and_identitys_own_keeps_the_changing_device()
    {
        await using var database = TestDatabase.Sqlite();
        Func<Task>? between = null;
        await using var app = await StartAsync(database, setup => setup.ConfigureServices = services =>
        {
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
            services.AddKeyedScoped<Microsoft.AspNetCore.Identity.ISecurityStampValidator>("Sessions.Stock", (scope, _) =>
                new LateStampValidator(scope, () => between?.Invoke() ?? Task.CompletedTask));
        });
        await app.CreateUserAsync();
        var mine = app.NewDevice();
        await mine.SignInAsync();
        var tab = mine.Copy();
        between = async () =>
        {
            between = null;
            Assert.Equal("Succeeded", await mine.PostAsync("/change/stamp"));
        };

        Assert.True(await tab.IsSignedInAsync());

        Assert.Null(Assert.Single(await app.SessionsAsync()).EndedAt);
        Assert.True(await tab.IsSignedInAsync());
        Assert.True(await mine.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_stamp_that_another_process_or_plain_sql_changed_ends_everybody_at_their_next_request(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await app.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "changed by sql")));

        Assert.False(await device.IsSignedInAsync());
        Assert.Equal(SessionEndReason.SecurityStampChanged, Assert.Single(await app.SessionsAsync()).EndReason);
        Assert.Equal(SessionEndReason.SecurityStampChanged, Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked).EndReason);
        await device.SignInAsync();
        Assert.True(await device.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("sqlite", true)]
    [InlineData("postgres", false)]
    [InlineData("postgres", true)]
    public async Task A_stamp_that_plain_sql_took_away_ends_everybody_too(string provider, bool byOrdinaryQuery)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, setup => setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(db =>
        {
            own.Use(db);
            if (byOrdinaryQuery)
            {
                db.AddInterceptors(new CommandCounter()); // where commands may be changed, the look-up goes by EF's own query
            }
        }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await app.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, (string?)null)));

        Assert.False(await device.IsSignedInAsync());
        Assert.Equal(SessionEndReason.SecurityStampChanged, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Fact]
    public async Task A_reset_by_a_signed_out_visitor_ends_all_and_one_by_an_administrator_names_who()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        var ada = await app.CreateUserAsync();
        var root = await app.CreateUserAsync("root@example.com");
        var (device, admin) = (app.NewDevice(), app.NewDevice());
        await device.SignInAsync();
        await admin.SignInAsync("root@example.com");

        Assert.Equal("Succeeded", await app.NewDevice().PostAsync("/reset?name=ada@example.com"));
        Assert.False(await device.IsSignedInAsync());
        await device.SignInAsync();
        Assert.Equal("Succeeded", await admin.PostAsync("/reset?name=ada@example.com"));

        Assert.False(await device.IsSignedInAsync());
        Assert.True(await admin.IsSignedInAsync());
        var revoked = (await app.EventsAsync()).Where(row => row.Kind == SessionEventKind.Revoked).ToList();
        Assert.Equal([(ada.Id, null), (ada.Id, root.Id)], revoked.Select(row => (row.UserId!, row.ActorId)));
        Assert.All(revoked, row => Assert.Equal(SessionEndReason.PasswordChanged, row.EndReason));
    }

    [Theory]
    [InlineData("sqlite", "remove-login")]
    [InlineData("sqlite", "remove-passkey")]
    [InlineData("postgres", "remove-login")]
    [InlineData("postgres", "remove-passkey")]
    public async Task What_an_administrator_removes_ends_all_of_the_users_sessions_and_names_who(string provider, string change)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var (ada, devices) = await WithLoginPasskeyAndDevicesAsync(app);
        var root = await app.CreateUserAsync("root@example.com");
        var admin = app.NewDevice();
        await admin.SignInAsync("root@example.com");

        Assert.Equal("Succeeded", await admin.PostAsync($"/operate/{change}?name=ada@example.com"));

        await AssertAllEndedAsync(app, ada, actor: root.Id);
        Assert.All(await Task.WhenAll(devices.Select(device => device.IsSignedInAsync())), Assert.False);
        Assert.True(await admin.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite", "remove-login")]
    [InlineData("sqlite", "remove-passkey")]
    [InlineData("postgres", "remove-login")]
    [InlineData("postgres", "remove-passkey")]
    public async Task What_a_job_removes_without_any_request_ends_all_of_the_users_sessions(string provider, string change)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var (ada, devices) = await WithLoginPasskeyAndDevicesAsync(app);

        Assert.True((await app.WithUsersAsync(async users => await AccountEndpoints.ChangeAsync(users, (await users.FindByIdAsync(ada.Id))!, change))).Succeeded);

        await AssertAllEndedAsync(app, ada, actor: null);
        Assert.All(await Task.WhenAll(devices.Select(device => device.IsSignedInAsync())), Assert.False);
    }

    [Theory]
    [InlineData("/signin?name=ada@example.com&password=Pa55-word!")]
    [InlineData("/check-only")]
    public async Task A_password_that_is_only_hashed_better_ends_nobody(string path)
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, setup => setup.ConfigureServices = services =>
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero));
        var user = await app.CreateUserAsync();
        var other = app.NewDevice(Device.SafariOnIPhone);
        await other.SignInAsync();
        var old = new PasswordHasher<IdentityUser>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(user, TestApp.Password);
        await app.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(row => row.SetProperty(it => it.PasswordHash, old)));

        await app.NewDevice().PostAsync(path);

        Assert.NotEqual(old, (await app.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync())).PasswordHash);
        Assert.True(await other.IsSignedInAsync());
        Assert.DoesNotContain(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.Equal("Succeeded", await app.NewDevice().SignInAsync());
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_ends_nobody_and_one_that_is_committed_later_ends_the_others()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        await using var app = await StartAsync(database);
        await app.CreateUserWithLoginAsync("Google");
        var (mine, other) = (app.NewDevice(), app.NewDevice());
        await mine.SignInAsync();
        await other.SignInAsync();

        await mine.PostAsync("/change-in-transaction?change=remove-login&commits=false");
        Assert.True(await other.IsSignedInAsync());
        Assert.True(await mine.IsSignedInAsync());
        await mine.PostAsync("/change-in-transaction?change=password&commits=false");
        Assert.True(await other.IsSignedInAsync());
        Assert.True(await mine.IsSignedInAsync());

        await mine.PostAsync("/change-in-transaction?change=remove-login&commits=true");
        await Eventually.TrueAsync(async () =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(5));
            return (await app.SessionsAsync())[1].EndedAt is not null;
        });
        Assert.True(await mine.IsSignedInAsync());
    }

    [Fact]
    public async Task With_both_options_off_identity_ends_the_others_in_its_own_time()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, setup => setup.Options = options =>
            (options.RevokeOnPasswordChange, options.RevokeOnSecurityStampChange) = (false, false));
        await app.CreateUserAsync();
        var (mine, other) = (app.NewDevice(), app.NewDevice());
        await mine.SignInAsync();
        await other.SignInAsync();

        await mine.PostAsync("/change/password");

        Assert.True(await other.IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(await other.IsSignedInAsync());
        Assert.True(await mine.IsSignedInAsync());
    }

    [Fact]
    public async Task Five_wrong_passwords_leave_the_victims_devices_alone()
    {
        await using var database = TestDatabase.Sqlite();
        // Identity's own clock is the system's.
        await using var app = await StartAsync(database, setup => setup.Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            await app.NewDevice().SignInAsync(password: "wrong");
        }

        Assert.Equal("LockedOut", await app.NewDevice().SignInAsync());
        Assert.True(await device.IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await device.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_lockout_by_an_administrator_ends_the_sessions_at_their_next_request(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await app.WithUsersAsync(async users => await users.SetLockoutEndDateAsync((await users.FindByIdAsync(user.Id))!, app.Time.GetUtcNow().AddYears(1)));

        Assert.False(await device.IsSignedInAsync());
        Assert.Equal(SessionEndReason.UserLockedOut, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Fact]
    public async Task Tickets_from_before_the_install_are_judged_by_a_change_too()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await Concurrency.ConcurrentApp.StartAfterInstallAsync(database, 2);
        await using var running = app;
        Assert.True(await devices[0].IsSignedInAsync());

        await app.WithUsersAsync(async users => await users.UpdateSecurityStampAsync((await users.FindByNameAsync("ada@example.com"))!));

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.False(await devices[1].IsSignedInAsync());
    }

    private static async Task<(IdentityUser User, Device[] Devices)> WithLoginPasskeyAndDevicesAsync(TestApp app)
    {
        var user = await app.CreateUserWithLoginAsync("Google");
        await app.AddPasskeyAsync(user);
        var devices = new[] { app.NewDevice(), app.NewDevice(Device.SafariOnIPhone) };
        foreach (var device in devices)
        {
            await device.SignInAsync();
        }

        return (user, devices);
    }

    private static async Task AssertAllEndedAsync(TestApp app, IdentityUser user, string? actor)
    {
        var sessions = (await app.SessionsAsync()).Where(row => row.UserId == user.Id).ToList();
        Assert.Equal(2, sessions.Count);
        Assert.All(sessions, row => Assert.Equal(SessionEndReason.SecurityStampChanged, row.EndReason));
        var revoked = (await app.EventsAsync()).Where(row => row.Kind == SessionEventKind.Revoked).ToList();
        Assert.Equal(sessions.Select(row => (Guid?)row.Id).Order(), revoked.Select(row => row.SessionId).Order());
        Assert.All(revoked, row => Assert.Equal((SessionEndReason.SecurityStampChanged, actor), (row.EndReason, row.ActorId)));
    }

    private static Task<TestApp> StartAsync(TestDatabase database, Action<TestAppSetup>? configure = null) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureEndpoints = AccountEndpoints.Map;
        configure?.Invoke(setup);
    });
}
