using System.Transactions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>How an account's change is saved: late, not at all, along with others. What ends by it, and what doesn't.</summary>
public sealed class AccountSaveTests
{
    [Fact]
    public async Task A_rehash_explains_one_save_and_no_change_that_comes_after_it()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var old = new PasswordHasher<IdentityUser>(Microsoft.Extensions.Options.Options.Create(
            new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(user, TestApp.Password);
        await app.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(row => row.SetProperty(it => it.PasswordHash, old)));

        await app.WithUsersAsync(async users =>
        {
            var found = (await users.FindByIdAsync(user.Id))!;
            Assert.True(await users.CheckPasswordAsync(found, TestApp.Password));
            Assert.NotEqual(old, found.PasswordHash);
            return await users.UpdateSecurityStampAsync(found);
        });

        Assert.False(await device.IsSignedInAsync());
        Assert.Equal(SessionEndReason.SecurityStampChanged, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Fact]
    public async Task A_change_that_is_committed_later_spares_who_signs_in_after_it()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        await using var app = await StartAsync(database);
        await app.AddPasskeyAsync(await app.CreateUserAsync());
        var (mine, other, later) = (app.NewDevice(), app.NewDevice(), app.NewDevice());
        await mine.SignInAsync();
        await other.SignInAsync();

        await mine.PostAsync("/change-in-transaction?change=remove-passkey&commits=true");
        app.Time.Advance(TimeSpan.FromMilliseconds(500));
        await later.SignInAsync();

        await Eventually.TrueAsync(async () =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(5));
            return (await app.SessionsAsync())[1].EndedAt is not null;
        });
        Assert.False(await other.IsSignedInAsync());
        Assert.True(await mine.IsSignedInAsync());
        Assert.True(await later.IsSignedInAsync());
    }

    [Fact]
    public async Task A_change_in_an_ambient_transaction_that_is_never_completed_ends_nobody()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        await using var app = await StartAsync(database);
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await app.InScopeAsync(services =>
        {
            using var transaction = new TransactionScope();
            var db = services.GetRequiredService<TestDb>();
            db.Users.Single(row => row.Id == user.Id).SecurityStamp = "never committed";
            return Task.FromResult(db.SaveChanges());
        });

        Assert.Null(Assert.Single(await app.SessionsAsync()).EndedAt);
        app.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_save_that_is_cancelled_leaves_the_apps_context_as_it_was()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, setup => setup.ConfigureEndpoints = app => app.MapPost(
            "/cancelled-change",
            async (TestDb db) =>
            {
                (await db.Users.SingleAsync()).SecurityStamp = "changed";
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.SaveChangesAsync(new CancellationToken(canceled: true)));
                var tracked = db.ChangeTracker.Entries().Select(entry => entry.Metadata.ClrType).ToList();
                await db.SaveChangesAsync();
                return string.Join(",", tracked.Select(type => type.Name));
            }).RequireAuthorization());
        await app.CreateUserAsync();
        var (mine, other) = (app.NewDevice(), app.NewDevice());
        await mine.SignInAsync();
        await other.SignInAsync();

        Assert.Equal(nameof(IdentityUser), await mine.PostAsync("/cancelled-change"));

        Assert.True(await mine.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rejection_by_the_apps_own_validation_holds_also_with_an_older_stamp_in_the_cookie(bool isBeforeOurs)
    {
        await using var database = TestDatabase.Sqlite();
        var isBarred = false;
        await using var app = await StartAsync(database, setup => setup.ConfigureServices = services =>
            services.PostConfigure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
            {
                var validate = options.Events.OnValidatePrincipal;
                options.Events.OnValidatePrincipal = async context =>
                {
                    await (isBeforeOurs ? RejectAsync(context, isBarred) : validate(context));
                    await (!isBeforeOurs ? RejectAsync(context, isBarred) : context.Principal is null ? Task.CompletedTask : validate(context));
                };
            }));
        await app.CreateUserAsync();
        var mine = app.NewDevice();
        await mine.SignInAsync();
        var tab = mine.Copy();
        await mine.PostAsync("/change/stamp");
        isBarred = true;

        Assert.False(await tab.IsSignedInAsync());

        Assert.NotNull(Assert.Single(await app.SessionsAsync()).EndedAt);
        isBarred = false;
        Assert.False(await mine.IsSignedInAsync());
    }

    private static async Task RejectAsync(CookieValidatePrincipalContext context, bool isBarred)
    {
        if (isBarred)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }

    private static Task<TestApp> StartAsync(TestDatabase database, Action<TestAppSetup>? configure = null) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureEndpoints = AccountEndpoints.Map;
        configure?.Invoke(setup);
    });
}
