using System.Net;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Administration;

/// <summary>An operator ends many sessions: set by set, with a reason, stoppable, and never their own.</summary>
public sealed class EndManyTests
{
    private const string Policy = "operators";

    private static readonly SessionRevocation _why = new() { ActorId = "op", Note = "incident 7" };

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Just_what_a_search_finds_is_ended_with_its_reason_in_the_trail(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var trail = new RandomTrail(app.Time.Start);
        await trail.WriteAsync(app, events: 0, sessions: 700);
        var search = new UserSessionSearch { Network = IPNetwork.Parse("203.0.112.0/23"), Before = app.Time.Start.AddHours(-3) };
        var expected = trail.Sessions.Where(row => row.EndedAt is null && row.IpAddress?.StartsWith("203.0.11", StringComparison.Ordinal) == true && row.CreatedAt < search.Before).Select(row => row.Id).ToHashSet();

        var ended = await SearchTests.ManagedAsync(app, manager => manager.RevokeManyAsync(search, _why));

        Assert.True(expected.Count > 200, "more than a batch");
        Assert.Equal(expected.Count, ended);
        Assert.Equal(expected, (await app.SessionsAsync()).Where(row => row.EndReason == SessionEndReason.RevokedByAdmin).Select(row => row.Id).ToHashSet());
        Assert.Equal(expected, (await app.EventsAsync()).Where(row => row is { Kind: SessionEventKind.Revoked, ActorId: "op", Note: "incident 7" }).Select(row => row.SessionId!.Value).ToHashSet());
        Assert.Equal(0, await SearchTests.ManagedAsync(app, manager => manager.RevokeManyAsync(search, _why)));
    }

    [Fact]
    public async Task Everybody_is_signed_out_but_the_session_that_asks_and_hooks_are_told()
    {
        var told = 0;
        await using var app = await StartAsync(setup => setup.Options += options => options.Events.OnSessionRevoked = _ =>
        {
            Interlocked.Increment(ref told);
            return Task.CompletedTask;
        });
        await app.CreateUserAsync("op@example.com");
        await app.CreateUserAsync();
        var (own, own2, ada) = (app.NewDevice(), app.NewDevice(), app.NewDevice());
        await own.SignInAsync("op@example.com");
        await own2.SignInAsync("op@example.com");
        await ada.SignInAsync();

        var answer = await own.PostAsync("/end-everybody");

        Assert.Equal("2", answer);
        Assert.True(await own.IsSignedInAsync());
        Assert.False(await own2.IsSignedInAsync());
        Assert.False(await ada.IsSignedInAsync());
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref told) == 2));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Tickets_from_before_the_install_are_refused_after_everybody_was_ended(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, devices: 2);
        await using var _ = app;
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await devices[0].IsSignedInAsync());

        await SearchTests.ManagedAsync(app, manager => manager.RevokeManyAsync(UserSessionSearch.Everybody, _why));
        await SearchTests.ManagedAsync(app, manager => manager.RevokeManyAsync(UserSessionSearch.Everybody with { Before = app.Time.Start.AddDays(-9) }, _why)); // takes nothing back

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.False(await devices[1].IsSignedInAsync());
        var back = app.NewDevice();
        await back.SignInAsync();
        Assert.True(await back.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_network_of_IPv6_has_no_IPv4_in_it_and_one_from_zero_on_is_not_everybody(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options += options => options.IpAddressResolver = context => IPAddress.Parse(context.Request.Headers["X-From"]!);
        });
        await app.CreateUserAsync();
        foreach (var from in new[] { "::1", "::2", "10.0.0.1", "203.0.113.7" })
        {
            await app.NewDevice().SendAsync($"/signin?name=ada@example.com&password={TestApp.Password}", [], ("X-From", from));
        }

        foreach (var (network, live) in new[] { ("::/48", new[] { "10.0.0.1", "203.0.113.7" }), ("0.0.0.0/4", ["203.0.113.7"]) })
        {
            var begun = await EndingsAsync(app, endings => endings.BeginAsync(new UserSessionSearch { Network = IPNetwork.Parse(network) }, _why, default));
            await DoneAsync(app, begun.Id);

            Assert.Equal(live, (await app.SessionsAsync()).Where(row => row.EndedAt is null).Select(row => row.IpAddress).Order());
        }
    }

    [Fact]
    public async Task A_device_of_which_nothing_is_said_is_nobodys()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var ada = app.NewDevice();
        await ada.SignInAsync();

        Assert.Equal(0, await SearchTests.ManagedAsync(app, manager => manager.RevokeManyAsync(new UserSessionSearch { Device = " on " }, _why)));

        Assert.True(await ada.IsSignedInAsync());
    }

    [Fact]
    public async Task Nobody_is_ended_while_it_is_not_known_which_session_asks()
    {
        await using var chaos = await ChaosApp.StartAsync(setup => setup.ConfigureEndpoints = endpoints => endpoints.MapPost("/end", async (UserSessionManager<IdentityUser> manager, string? user) =>
        {
            try
            {
                return $"{await manager.RevokeManyAsync(new UserSessionSearch { UserId = user }, _why)}";
            }
            catch (SessionsUnavailableException)
            {
                return "unavailable";
            }
        }));
        var ada = await chaos.App.CreateUserAsync();
        var own = chaos.App.NewDevice();
        await own.SignInAsync();
        chaos.Store.LookUp.Begin(FaultKind.Throw);

        Assert.Equal("unavailable", await own.PostAsync("/end"));
        Assert.Equal("unavailable", await own.PostAsync($"/end?user={ada.Id}"));

        Assert.Null(Assert.Single(await chaos.App.SessionsAsync()).EndedAt);
    }

    [Fact]
    public async Task What_is_over_is_kept_for_a_week()
    {
        await using var app = await StartAsync();
        var begun = await EndingsAsync(app, endings => endings.BeginAsync(UserSessionSearch.Everybody, _why, default));
        await DoneAsync(app, begun.Id);
        app.Time.Advance(TimeSpan.FromDays(6));
        await app.SweepAsync();
        Assert.NotNull(await EndingsAsync(app, endings => endings.FindAsync(begun.Id, default)));

        app.Time.Advance(TimeSpan.FromDays(2));
        await app.SweepAsync();

        Assert.Null(await EndingsAsync(app, endings => endings.FindAsync(begun.Id, default)));
    }

    [Fact]
    public async Task Sessions_older_than_the_breach_end_and_later_ones_stay()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var (before, after) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await before.SignInAsync();
        app.Time.Advance(TimeSpan.FromHours(1));
        var breach = app.Time.GetUtcNow();
        await after.SignInAsync();

        await SearchTests.ManagedAsync(app, manager => manager.RevokeManyAsync(new UserSessionSearch { Before = breach }, _why));

        Assert.False(await before.IsSignedInAsync());
        Assert.True(await after.IsSignedInAsync());
    }

    [Fact]
    public async Task One_users_end_judges_their_tickets_without_a_row_too()
    {
        await using var app = await StartAsync();
        var ada = await app.CreateUserAsync();

        await SearchTests.ManagedAsync(app, manager => manager.RevokeManyAsync(new UserSessionSearch { UserId = ada.Id }, _why));

        Assert.Equal(("all", "op"), Assert.Single(await app.EventsAsync()) is var row ? (row.EndScope, row.ActorId) : default);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_service_ends_part_by_part_and_says_when_it_is_done(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(setup => setup.Database = database);
        await new RandomTrail(app.Time.Start).WriteAsync(app, events: 0, sessions: 500);
        var live = (await app.SessionsAsync()).Count(row => row.EndedAt is null);

        var begun = await EndingsAsync(app, endings => endings.BeginAsync(UserSessionSearch.Everybody, _why, default));
        var done = await DoneAsync(app, begun.Id);

        Assert.Equal(live, done.Ended);
        Assert.DoesNotContain(await app.SessionsAsync(), row => row.EndedAt is null);
        Assert.Equal(live, (await app.EventsAsync()).Count(row => row is { Kind: SessionEventKind.Revoked, ActorId: "op", Note: "incident 7" }));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_stopped_ending_ends_no_more_until_it_is_resumed_and_another_node_can_take_it_up(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Guid id;
        int live;

        // No policy: its service rests, so the test is the node.
        await using (var app = await TestApp.StartAsync(setup => setup.Database = database))
        {
            await new RandomTrail(app.Time.Start).WriteAsync(app, events: 0, sessions: 500);
            live = (await app.SessionsAsync()).Count(row => row.EndedAt is null);
            id = (await EndingsAsync(app, endings => endings.BeginAsync(UserSessionSearch.Everybody, _why, default))).Id;
            await app.InScopeAsync(async services =>
            {
                var (store, endings, now) = (services.GetRequiredService<Sessions.Identity.Stores.ISessionAdministrationStore>(), services.GetRequiredService<SessionEndings>(), app.Time.Start);
                Assert.True(await store.TakeEndingAsync(id, "first", now, now.AddMinutes(2), default));
                Assert.False(await store.TakeEndingAsync(id, "second", now, now.AddMinutes(2), default));
                var step = await endings.StepAsync((await store.FindEndingAsync(id, default))!, SessionEndReason.RevokedByAdmin, default);
                Assert.Equal(200, step.Ended);
                Assert.True(await endings.SwitchAsync(id, EndingState.Stopped, default));
                Assert.False(await store.WriteEndingAsync(step, "first", now, now.AddMinutes(2), default));
                Assert.Empty(await store.FindWaitingAsync(now.AddDays(1), default));
                return true;
            });
            var stopped = await EndingsAsync(app, endings => endings.FindAsync(id, default));
            Assert.Equal((EndingState.Stopped, 200), (stopped!.State, stopped.Ended)); // what was under way when it was stopped counts
        }

        await using var other = await StartAsync(setup => (setup.Database, setup.CreateTables) = (database, false));
        Assert.True(await EndingsAsync(other, endings => endings.SwitchAsync(id, EndingState.Running, default)));
        var done = await DoneAsync(other, id);

        Assert.Equal(live, done.Ended);
        Assert.False(await EndingsAsync(other, endings => endings.SwitchAsync(id, EndingState.Stopped, default)));
        Assert.DoesNotContain(await other.SessionsAsync(), row => row.EndedAt is null);
    }

    [Fact]
    public async Task A_long_note_of_any_letters_fits_the_row_that_keeps_how_far_it_is()
    {
        await using var app = await StartAsync();
        var note = string.Concat(Enumerable.Repeat("\"\\ü\n", 128));

        var begun = await EndingsAsync(app, endings => endings.BeginAsync(new UserSessionSearch { Device = new string('"', 128) }, new SessionRevocation { Note = note }, default));

        Assert.Equal(note, (await DoneAsync(app, begun.Id)).Note);
    }

    internal static Task<T> EndingsAsync<T>(TestApp app, Func<SessionEndings, Task<T>> work) => app.InScopeAsync(services => work(services.GetRequiredService<SessionEndings>()));

    internal static async Task<SessionEnding> DoneAsync(TestApp app, Guid id)
    {
        await Eventually.TrueAsync(async () => (await EndingsAsync(app, endings => endings.FindAsync(id, default)))?.State == EndingState.Done, "the ending is done");
        return (await EndingsAsync(app, endings => endings.FindAsync(id, default)))!;
    }

    private static Task<TestApp> StartAsync(Action<TestAppSetup>? configure = null) => TestApp.StartAsync(setup =>
    {
        setup.Options = options => options.Administration.Policy = Policy;
        setup.ConfigureServices = services => services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAuthenticatedUser());
        setup.ConfigureEndpoints = endpoints => endpoints.MapPost("/end-everybody", async (UserSessionManager<IdentityUser> manager) =>
            await manager.RevokeManyAsync(UserSessionSearch.Everybody, _why));
        configure?.Invoke(setup);
    });
}
