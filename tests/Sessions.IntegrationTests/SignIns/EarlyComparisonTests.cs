using System.Data.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using Sessions.Identity;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>What is known of a device is asked while the password is hashed, where nothing of the request's own is needed for it.</summary>
public sealed class EarlyComparisonTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_sign_in_asks_about_its_device_while_the_password_is_hashed_and_not_again(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var chaos = await StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();

        Assert.Equal("Succeeded", await device.SignInAsync());
        Assert.Equal("Succeeded", await device.SignInAsync());
        Assert.Equal("Succeeded", await chaos.App.NewDevice(Device.SafariOnIPhone).SignInAsync());

        Assert.Equal([1, 2, 3], Hasher(chaos).AskedMeanwhile);
        Assert.Equal(3, chaos.Store.Compare.Calls);
        Assert.Equal([SessionEndReason.Superseded, null, null], (await chaos.App.SessionsAsync()).Select(row => row.EndReason));
        Assert.Equal([false, false, true], (await chaos.App.EventsAsync()).Select(row => row.IsNewDevice));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_session_that_is_signed_out_while_the_password_is_hashed_keeps_its_reason_and_hands_on_no_remembered_machine(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var chaos = await StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        Execute(database, """UPDATE "AspNetUserSessions" SET "TwoFactorRememberDigest" = 'machine'""");
        Hasher(chaos).Meanwhile = () => Execute(database, """UPDATE "AspNetUserSessions" SET "EndedAt" = "CreatedAt", "EndReason" = 'RevokedByUser'""");

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
        await using var chaos = await StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        Hasher(chaos).Meanwhile = () => Execute(database, """UPDATE "AspNetUserSessions" SET "TwoFactorRememberDigest" = 'machine'""");

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
        await using var chaos = await StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        var other = device.Copy();
        Hasher(chaos).Meanwhile = () => Assert.Equal("Succeeded", other.SignInAsync().WaitAsync(Eventually.Patience).GetAwaiter().GetResult());

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
        await using var chaos = await StartAsync(database, options: options => options.TrackingTimeout = TimeSpan.FromMinutes(1));
        await chaos.App.CreateUserAsync();
        var newest = chaos.App.NewDevice();
        await newest.SignInAsync();
        await newest.PostAsync("/signout");
        var older = newest.Copy();
        await using var gate = await HoldAsync(database);
        var held = Task.FromResult("");
        Hasher(chaos).Meanwhile = () =>
        {
            Assert.Equal("Succeeded", older.SignInAsync().WaitAsync(Eventually.Patience).GetAwaiter().GetResult());
            held = chaos.App.NewDevice(Device.SafariOnIPhone, older.Copy().Cookies).SignInAsync();
            Assert.True(SpinWait.SpinUntil(() => Waiting(database, "advisory") == 1, Eventually.Patience));
        };

        var answer = newest.SignInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Waiting(database, "transactionid") == 1), "the newest waits for the one that is being written");
        Execute(gate, "SELECT pg_advisory_unlock(42)");

        Assert.Equal(["Succeeded", "Succeeded"], await Task.WhenAll(answer, held));
        var sessions = await chaos.App.SessionsAsync();
        Assert.Equal([SessionEndReason.SignedOut, SessionEndReason.Superseded, SessionEndReason.Superseded, null], sessions.OrderBy(row => row.CreatedAt).Select(row => row.EndReason));
        Assert.Equal(sessions.Single(row => row.EndedAt is null).Id.ToString(), await newest.SessionIdAsync());
    }

    [Fact]
    public async Task A_session_over_the_cap_that_takes_anothers_place_just_now_is_waited_for_and_pruned()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var chaos = await StartAsync(database, options: options => (options.TrackingTimeout, options.MaxSessionsPerUser) = (TimeSpan.FromMinutes(1), 1));
        Hasher(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice(Device.SafariOnIPhone);
        await device.SignInAsync();
        await using var gate = await HoldAsync(database);

        var held = device.SignInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Waiting(database, "advisory") == 1), "the one that comes back is being written");
        var answer = chaos.App.NewDevice().SignInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Waiting(database, "transactionid") == 1), "the other one waits for it");
        Execute(gate, "SELECT pg_advisory_unlock(42)");

        Assert.Equal(["Succeeded", "Succeeded"], await Task.WhenAll(held, answer));
        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.Pruned, null], (await chaos.App.SessionsAsync()).OrderBy(row => row.CreatedAt).Select(row => row.EndReason));
    }

    [Fact]
    public async Task An_external_sign_in_of_an_account_with_a_password_asks_in_its_turn()
    {
        await using var chaos = await StartAsync();
        Hasher(chaos).IsPatient = false;
        var user = await chaos.App.CreateUserAsync();
        await chaos.App.WithUsersAsync(async users => await users.AddLoginAsync((await users.FindByIdAsync(user.Id))!, new UserLoginInfo("Google", "key-1", "Google")));
        await chaos.App.NewDevice().SignInAsync();

        await chaos.App.NewDevice(Device.SafariOnIPhone).PostAsync("/signin-external?provider=Google&key=key-1");

        Assert.Equal(2, chaos.Store.Compare.Answers);
        Assert.Equal([false, true], (await chaos.App.EventsAsync()).Select(row => row.IsNewDevice));
    }

    [Fact]
    public async Task A_wrong_password_leaves_its_failure_and_nothing_else()
    {
        await using var chaos = await StartAsync();
        await chaos.App.CreateUserAsync();

        Assert.Equal("Failed", await chaos.App.NewDevice().SignInAsync(password: "wrong"));

        var failed = Assert.Single(await chaos.App.EventsAsync());
        Assert.Equal((SessionEventKind.SignInFailed, "Faulty", null), (failed.Kind, failed.Browser, failed.DeviceId));
        Assert.Empty(await chaos.App.SessionsAsync());
    }

    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Block)]
    public async Task A_question_that_gets_no_answer_fails_neither_the_check_nor_the_sign_in_and_costs_no_row(FaultKind kind)
    {
        await using var chaos = await StartAsync();
        Hasher(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        chaos.Store.Compare.Begin(kind);

        Assert.Equal("Succeeded", await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync(), ChaosApp.Budget / 2));
        Assert.Equal("Failed", await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync(password: "wrong"), ChaosApp.Budget / 2));

        Assert.Single(await chaos.App.SessionsAsync());
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignInFailed], (await chaos.App.EventsAsync()).Select(row => row.Kind));
    }

    [Theory]
    [InlineData(TestApp.Password, "Succeeded")]
    [InlineData("wrong", "Failed")]
    public async Task The_check_does_not_end_before_the_question_is_answered_or_given_up(string password, string result)
    {
        await using var chaos = await StartAsync();
        Hasher(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        chaos.Store.Compare.Begin(FaultKind.Hang);
        var asked = chaos.Victims.NextAsync();
        var waits = chaos.Clock.Timers;

        var answer = chaos.App.NewDevice().SignInAsync(password: password);
        await asked.WaitAsync(Eventually.Patience);
        await chaos.UntilHeldAsync(answer, waits, ChaosApp.Budget / 2);

        Assert.False(answer.IsCompleted);
        chaos.Clock.Advance(ChaosApp.Budget / 2);
        Assert.Equal(result, await answer.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task However_long_the_hash_takes_it_is_not_charged_to_the_question()
    {
        await using var chaos = await StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        chaos.Store.Compare.Begin(FaultKind.Late);
        Hasher(chaos).IsPatient = false;
        Hasher(chaos).Meanwhile = () =>
        {
            Assert.True(SpinWait.SpinUntil(() => chaos.Store.Compare.Hits == 1, Eventually.Patience));
            chaos.Clock.Advance(ChaosApp.Budget * 5);
            chaos.Store.Compare.EndLater().SetResult();
        };

        Assert.Equal("Succeeded", await chaos.App.NewDevice().SignInAsync());

        Assert.Equal([false, true], (await chaos.App.EventsAsync()).Select(row => row.IsNewDevice));
    }

    [Fact]
    public async Task While_the_circuit_is_open_nothing_is_asked()
    {
        await using var chaos = await StartAsync();
        Hasher(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        chaos.Store.BeginAll(FaultKind.Hang);
        await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync());
        await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync());
        var asked = chaos.Store.Compare.Calls;

        Assert.Equal("Succeeded", await chaos.App.NewDevice().SignInAsync());

        Assert.Equal(asked, chaos.Store.Compare.Calls);
    }

    [Fact]
    public async Task A_password_may_be_checked_where_there_is_no_request()
    {
        await using var chaos = await StartAsync();
        Hasher(chaos).IsPatient = false;
        var user = await chaos.App.CreateUserAsync();
        await using var scope = chaos.App.Services.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<IdentityUser>>();

        Assert.True((await signIn.CheckPasswordSignInAsync(user, TestApp.Password, lockoutOnFailure: false)).Succeeded);
        Assert.False((await signIn.CheckPasswordSignInAsync(user, "wrong", lockoutOnFailure: false)).Succeeded);
        Assert.Equal(0, chaos.Store.Compare.Calls);
    }

    [Theory]
    [InlineData("locked out", "LockedOut")]
    [InlineData("without a password", "Failed")]
    [InlineData("with a second factor", "RequiresTwoFactor")]
    public async Task Nothing_is_asked_where_no_hash_hides_it_or_no_sign_in_follows(string who, string result)
    {
        await using var chaos = await StartAsync();
        Hasher(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        await chaos.App.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(user => user
            .SetProperty(row => row.LockoutEnd, row => who == "locked out" ? DateTimeOffset.MaxValue : null)
            .SetProperty(row => row.PasswordHash, row => who == "without a password" ? null : row.PasswordHash)
            .SetProperty(row => row.TwoFactorEnabled, who == "with a second factor")
            .SetProperty(row => row.EmailConfirmed, true)));

        Assert.Equal(result, await chaos.App.NewDevice().SignInAsync());

        Assert.Equal(0, chaos.Store.Compare.Calls);
    }

    [Fact]
    public void Only_the_same_question_has_the_same_answer()
    {
        var question = new DeviceQuestion { UserId = "ada", DeviceId = "browser", Device = new DeviceInfo { Browser = "Chrome" }, CountryCode = "ES", At = DateTimeOffset.UnixEpoch, BeginsSession = true };

        Assert.True((question with { At = DateTimeOffset.MaxValue, Device = new DeviceInfo { Browser = "Chrome" } }).AsksTheSameAs(question));
        Assert.All(
            [
                question with { UserId = "bob" },
                question with { DeviceId = null },
                question with { Device = DeviceInfo.Unknown },
                question with { CountryCode = null },
                question with { Replaced = Guid.NewGuid() },
                question with { BeginsSession = false },
            ],
            other => Assert.False(other.AsksTheSameAs(question)));
    }

    [Fact]
    public async Task A_check_outside_of_a_sign_in_asks_nothing()
    {
        await using var chaos = await StartAsync();
        Hasher(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();

        await chaos.App.NewDevice().PostAsync($"/check-password?name=ada@example.com&password={Uri.EscapeDataString(TestApp.Password)}");

        Assert.Equal(0, chaos.Store.Compare.Calls);
    }

    // A ticket that nobody has read before the sign-in is found by it, and then the question is another one.
    [Fact]
    public async Task What_was_asked_without_the_browsers_ticket_is_asked_again_with_it()
    {
        await using var chaos = await StartAsync(configure: setup =>
        {
            var identity = setup.ConfigureIdentity;
            setup.ConfigureIdentity = services =>
            {
                var builder = identity(services);
                services.Configure<AuthenticationOptions>(options => options.DefaultAuthenticateScheme = IdentityConstants.ExternalScheme);
                return builder;
            };
        });
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();

        await device.SignInAsync();

        Assert.Equal(3, chaos.Store.Compare.Calls);
        Assert.Equal([SessionEndReason.Superseded, null], (await chaos.App.SessionsAsync()).Select(row => row.EndReason));
    }

    [Fact]
    public async Task Where_the_contexts_options_are_its_own_the_question_may_be_asked_early() => Assert.True(await MayAskEarlyAsync(_ => { }));

    [Theory]
    [InlineData("a scheme of the app's own")]
    [InlineData("a bearer token")]
    [InlineData("skipped")]
    [InlineData("in a transaction")]
    [InlineData("before any look-up")]
    public async Task Nothing_is_asked_early_for(string what) => Assert.False(await MayAskEarlyAsync(_ => { }, what));

    [Fact]
    public async Task Options_that_ask_the_requests_scope_are_left_to_the_request() => Assert.False(await MayAskEarlyAsync(setup =>
    {
        setup.ConfigureServices = services => services.AddScoped<ScopedInterceptor>();
        setup.ConfigureContext = (services, database) => services.AddDbContext<TestDb>((scope, options) =>
        {
            database.Use(options);
            options.AddInterceptors(scope.GetRequiredService<ScopedInterceptor>());
        });
    }));

    [Fact]
    public async Task An_interceptor_of_commands_is_left_to_the_request() => Assert.False(await MayAskEarlyAsync(setup =>
        setup.ConfigureContext = (services, database) => services.AddDbContext<TestDb>(options =>
        {
            database.Use(options);
            options.AddInterceptors(new CommandCounter());
        })));

    [Fact]
    public async Task A_context_that_the_app_makes_itself_is_left_to_the_request() => Assert.False(await MayAskEarlyAsync(setup =>
        setup.ConfigureContext = (services, database) => services.AddScoped(_ =>
        {
            var options = new DbContextOptionsBuilder<TestDb>();
            database.Use(options);
            options.UseSessions<IdentityUser>();
            return new TestDb(options.Options);
        })));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_the_app_has_opened_is_left_to_the_request(bool pooled)
    {
        await using var database = TestDatabase.Sqlite();
        await using var connection = database.Connect();
        await connection.OpenAsync();
        void Use(DbContextOptionsBuilder options)
        {
            database.Use(options);
            options.UseSqlite(connection);
        }

        Assert.False(await MayAskEarlyAsync(setup =>
        {
            setup.Database = database;
            setup.ConfigureContext = (services, own) =>
            {
                _ = pooled ? services.AddDbContextPool<TestDb>(Use) : services.AddDbContext<TestDb>(Use);
            };
        }));
    }

    [Fact]
    public async Task Who_keeps_no_failures_has_nothing_asked_about_a_wrong_password() =>
        Assert.False(await MayAskEarlyAsync(setup => setup.Options = options => options.TrackFailedSignIns = false));

    [Fact]
    public async Task A_pool_of_one_connection_is_enough_for_sign_ins_and_for_what_follows_them()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var small = TestDatabase.Postgres(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1 }.ConnectionString);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options => options.MaxSessionsPerUser = 2;
            setup.ConfigureContext = (services, _) => services.AddDbContext<TestDb>(small.Use);
        });
        await app.CreateUserAsync();
        var device = app.NewDevice();

        await device.SignInAsync();
        await device.SignInAsync();
        await app.NewDevice().SignInAsync();
        await app.NewDevice().SignInAsync();

        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.Pruned, null, null], (await app.SessionsAsync()).Select(row => row.EndReason));
    }

    private static Task<ChaosApp> StartAsync(
        TestDatabase? database = null, Action<TestAppSetup>? configure = null, Action<UserSessionOptions>? options = null) => ChaosApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureServices += services => services.AddScoped<IPasswordHasher<IdentityUser>, WaitingHasher>().AddSingleton<Hashing>();
        configure?.Invoke(setup);
    }, options).ContinueWith(
        started =>
        {
            Hasher(started.Result).Compare = started.Result.Store.Compare;
            return started.Result;
        },
        TaskScheduler.Default);

    private static Hashing Hasher(ChaosApp chaos) => chaos.App.Services.GetRequiredService<Hashing>();

    private static void Execute(TestDatabase database, string sql)
    {
        using var connection = database.Connect();
        connection.Open();
        Execute(connection, sql);
    }

    private static object? Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    // Until the gate is unlocked, a session of an iPhone is written and not committed.
    private static async Task<DbConnection> HoldAsync(TestDatabase database)
    {
        Execute(database, """
            CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW."UserAgent" LIKE ''%iPhone%'' THEN PERFORM pg_advisory_xact_lock(42); END IF; RETURN NEW; END';
            CREATE TRIGGER held BEFORE INSERT ON "AspNetUserSessions" FOR EACH ROW EXECUTE FUNCTION held()
            """);
        var gate = database.Connect();
        await gate.OpenAsync();
        Execute(gate, "SELECT pg_advisory_lock(42)");
        return gate;
    }

    private static long Waiting(TestDatabase database, string kind)
    {
        using var connection = database.Connect();
        connection.Open();
        return (long)Execute(connection, $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = '{kind}'")!;
    }

    private static async Task<bool> MayAskEarlyAsync(Action<TestAppSetup> configure, string? what = null)
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            configure(setup);
            setup.ConfigureEndpoints = endpoints => endpoints.MapPost("/early", async (HttpContext context, EarlyComparer early, TestDb db) =>
            {
                await using var transaction = what == "in a transaction" ? await db.Database.BeginTransactionAsync() : null;
                if (what == "skipped")
                {
                    context.SkipSessionTracking();
                }

                var scheme = what switch
                {
                    "a scheme of the app's own" => "Own",
                    "a bearer token" => IdentityConstants.BearerScheme,
                    _ => IdentityConstants.ApplicationScheme,
                };
                var comparison = await early.BeginAsync(context, scheme, "ada");
                if (comparison is not null)
                {
                    await early.EndAsync(context, comparison);
                }

                return (comparison?.Answer is not null).ToString();
            });
        });
        if (what != "before any look-up")
        {
            await app.LookUpNothingAsync();
        }

        return bool.Parse(await app.NewDevice().PostAsync("/early"));
    }

    /// <summary>What the hasher does and saw.</summary>
    private sealed class Hashing
    {
        public Fault Compare { get; set; } = null!;

        public List<int> AskedMeanwhile { get; } = [];

        /// <summary>Whether it hashes until the question has been asked.</summary>
        public bool IsPatient { get; set; } = true;

        /// <summary>What somebody else does then, once.</summary>
        public Action? Meanwhile { get; set; }
    }

    /// <summary>Identity's own hash, which takes as long as the question about the device.</summary>
    private sealed class WaitingHasher(IOptions<PasswordHasherOptions> options, Hashing hashing) : PasswordHasher<IdentityUser>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(IdentityUser user, string hashedPassword, string providedPassword)
        {
            if (hashing.IsPatient)
            {
                Assert.True(SpinWait.SpinUntil(() => hashing.Compare.Answers > hashing.AskedMeanwhile.Count, Eventually.Patience), "Nothing was asked about the device while the password was hashed.");
                hashing.AskedMeanwhile.Add(hashing.Compare.Answers);
            }

            var meanwhile = hashing.Meanwhile;
            hashing.Meanwhile = null;
            meanwhile?.Invoke();

            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private sealed class ScopedInterceptor : SaveChangesInterceptor;
}
