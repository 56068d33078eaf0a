using System.Data.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using Sessions.Identity;
using Sessions.Identity.SignIn;
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

    [Fact]
    public async Task A_pool_of_one_connection_is_enough_for_sign_ins_and_for_what_follows_them()
    {
        await using var database = await TestDatabase.PostgresAsync();
        var small = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1, Timeout = 5 }.ConnectionString;
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options => options.MaxSessionsPerUser = 2;
            setup.ConfigureContext = (services, _) => services.AddDbContext<TestDb>(options => options.UseNpgsql(small));
        });
        await app.CreateUserAsync();
        var device = app.NewDevice();

        await device.SignInAsync();
        await device.SignInAsync();
        await app.NewDevice().SignInAsync();
        await app.NewDevice().SignInAsync();

        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.Pruned, null, null], (await app.SessionsAsync()).Select(row => row.EndReason));
    }

    private static Task<ChaosApp> StartAsync(TestDatabase? database = null, Action<TestAppSetup>? configure = null) => ChaosApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureServices += services => services.AddScoped<IPasswordHasher<IdentityUser>, WaitingHasher>().AddSingleton<Hashing>();
        configure?.Invoke(setup);
    }).ContinueWith(
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
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
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
                await (comparison?.Answer ?? Task.CompletedTask);
                return (comparison is not null).ToString();
            });
        });
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
                var meanwhile = hashing.Meanwhile;
                hashing.Meanwhile = null;
                meanwhile?.Invoke();
            }

            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private sealed class ScopedInterceptor : SaveChangesInterceptor;
}
