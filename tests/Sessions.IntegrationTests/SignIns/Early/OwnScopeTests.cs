using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Sessions.Identity;
using Sessions.Identity.SignIn;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns.Early;

/// <summary>Nothing that belongs to the request is used beside it: where the question would need it, it waits for its turn.</summary>
public sealed class OwnScopeTests
{
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
                    await comparison.EndAsync();
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

    private sealed class ScopedInterceptor : SaveChangesInterceptor;
}
