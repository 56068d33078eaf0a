using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>The host's pending changes and its transactions are its own.</summary>
public sealed class HostDataTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_host_has_not_saved_is_neither_saved_nor_spoilt_by_a_sign_in(bool fails)
    {
        await using var chaos = await StartAsync(TestDatabase.Sqlite());
        await chaos.App.CreateUserAsync();
        if (fails)
        {
            await chaos.App.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE AspNetUserSessions RENAME TO Gone"));
        }

        Assert.Equal("0 1", await chaos.App.NewDevice().PostAsync("/unsaved?name=ada@example.com"));
    }

    [Theory]
    [InlineData("sqlite", true, false)]
    [InlineData("sqlite", false, false)]
    [InlineData("sqlite", true, true)]
    [InlineData("postgres", true, false)]
    [InlineData("postgres", false, false)]
    [InlineData("postgres", true, true)]
    public async Task A_sign_in_inside_the_hosts_transaction_is_adopted_with_its_one_event(string provider, bool commits, bool isNew)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var chaos = await StartAsync(database);
        if (!isNew)
        {
            await chaos.App.CreateUserAsync();
        }

        var device = chaos.App.NewDevice();

        Assert.Equal("Succeeded", await device.PostAsync($"/in-transaction?name=ada@example.com&commits={commits}&isNew={isNew}"));
        Assert.True(await device.IsSignedInAsync());

        var session = Assert.Single(await chaos.App.SessionsAsync());
        Assert.Equal((SessionEventKind.SignedIn, (Guid?)session.Id), Assert.Single((await chaos.App.EventsAsync()).Select(row => (row.Kind, row.SessionId))));
    }

    [Fact]
    public async Task A_person_whose_account_was_rolled_back_with_the_transaction_is_refused()
    {
        await using var chaos = await StartAsync(TestDatabase.Sqlite());
        var device = chaos.App.NewDevice();

        Assert.Equal("Succeeded", await device.PostAsync("/in-transaction?name=ada@example.com&commits=false&isNew=true"));
        chaos.App.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.False(await device.IsSignedInAsync());
        Assert.Empty(await chaos.App.SessionsAsync());
        Assert.Empty(await chaos.App.EventsAsync());
    }

    [Fact]
    public async Task A_host_that_fails_closed_may_sign_in_inside_its_transaction_too()
    {
        await using var chaos = await StartAsync(TestDatabase.Sqlite(), options => options.OnTrackingFailure = TrackingFailureMode.Refuse);
        var device = chaos.App.NewDevice();

        Assert.Equal("Succeeded", await device.PostAsync("/in-transaction?name=ada@example.com&commits=true&isNew=true"));

        Assert.True(await device.IsSignedInAsync());
        Assert.Single(await chaos.App.SessionsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_inside_a_TransactionScope_is_adopted_with_its_one_event(bool isNew)
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var chaos = await StartAsync(database);
        if (!isNew)
        {
            await chaos.App.CreateUserAsync();
        }

        var device = chaos.App.NewDevice();

        Assert.Equal("Succeeded", await device.PostAsync($"/in-scope?name=ada@example.com&isNew={isNew}"));
        Assert.True(await device.IsSignedInAsync());

        Assert.Single(await chaos.App.SessionsAsync());
        Assert.Equal(SessionEventKind.SignedIn, Assert.Single(await chaos.App.EventsAsync()).Kind);
    }

    [Fact]
    public async Task A_provider_that_retries_does_everything_as_one_that_does_not()
    {
        await using var database = await TestDatabase.PostgresAsync();
        await using var chaos = await ChaosApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.ConfigureContext = (services, own) =>
                services.AddDbContext<TestDb>(options => options
                    .UseNpgsql(own.ConnectionString, npgsql => npgsql.EnableRetryOnFailure())
                    .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning)));
        });
        await chaos.App.CreateUserAsync();
        var (kept, revoked) = (chaos.App.NewDevice(), chaos.App.NewDevice());
        await kept.SignInAsync();
        await revoked.SignInAsync();

        await kept.PostAsync("/revoke-others");

        Assert.True(await kept.IsSignedInAsync());
        Assert.False(await revoked.IsSignedInAsync());
        await kept.PostAsync("/signout");
        Assert.Equal(
            [SessionEventKind.SignedIn, SessionEventKind.SignedIn, SessionEventKind.Revoked, SessionEventKind.SignedOut],
            (await chaos.App.EventsAsync()).Select(row => row.Kind));
    }

    private static Task<ChaosApp> StartAsync(TestDatabase database, Action<UserSessionOptions>? options = null) => ChaosApp.StartAsync(
        setup =>
        {
            setup.Database = database;
            setup.ConfigureEndpoints = HostEndpoints.Map;
        },
        options);
}
