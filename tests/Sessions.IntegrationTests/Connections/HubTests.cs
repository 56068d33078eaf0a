using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Connections;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Connections;

/// <summary>Hub connections of a real client: they end with the session that they began with, and with nothing else.</summary>
public sealed class HubTests
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.LongPolling)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    public async Task A_connection_and_its_stream_end_at_once_with_its_session_and_the_others_stay(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        await using var mineHub = await (await Caller.SignedInAsync(app)).ConnectAsync(transport: transport);
        await using var otherHub = await (await Caller.SignedInAsync(app)).ConnectAsync(transport: transport);
        var (closed, stream) = (Closed(otherHub), ReadToEndAsync(otherHub));
        var otherId = (await app.SessionsAsync())[1].Id;

        await app.RevokeAsync(otherId);

        await closed.WaitAsync(Eventually.Patience);
        await Assert.ThrowsAnyAsync<Exception>(() => stream.WaitAsync(Eventually.Patience));
        Assert.Equal("ada@example.com", await mineHub.InvokeAsync<string>("Who"));
    }

    [Fact]
    public async Task A_session_that_another_process_ended_loses_its_connection_within_the_interval()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        await using var hub = await (await Caller.SignedInAsync(app)).ConnectAsync();
        var closed = Closed(hub);

        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteUpdateAsync(row => row
            .SetProperty(session => session.EndedAt, app.Time.GetUtcNow())
            .SetProperty(session => session.EndReason, SessionEndReason.RevokedByUser)));
        Assert.Equal("ada@example.com", await hub.InvokeAsync<string>("Who"));
        app.Time.Advance(_interval);

        await closed.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Where_the_host_wants_no_push_it_ends_within_the_interval_too()
    {
        await using var app = await StartAsync(setup => setup.Options = options => options.LiveConnections.EndAtOnce = false);
        await app.CreateUserAsync();
        await using var hub = await (await Caller.SignedInAsync(app)).ConnectAsync();
        var closed = Closed(hub);

        await app.RevokeAllAsync();
        Assert.Equal("ada@example.com", await hub.InvokeAsync<string>("Who"));
        app.Time.Advance(_interval);

        await closed.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Somebody_who_uses_a_connection_is_not_idle()
    {
        await using var app = await StartAsync(setup => setup.Options = options => options.IdleTimeout = TimeSpan.FromMinutes(10));
        await app.CreateUserAsync();
        await using var hub = await (await Caller.SignedInAsync(app)).ConnectAsync();
        var closed = Closed(hub);
        for (var step = 0; step < 4; step++)
        {
            var begun = app.Time.GetUtcNow();
            await hub.InvokeAsync<string>("Who");
            app.Time.Advance(TimeSpan.FromMinutes(5));
            await Eventually.TrueAsync(async () => (await app.SessionsAsync()).Single().LastSeenAt > begun, "the row hears of it");
            await LookedAsync(app);
        }

        Assert.False(closed.IsCompleted);
        app.Time.Advance(TimeSpan.FromMinutes(11));
        await closed.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task While_the_database_is_down_nobody_is_thrown_out_and_many_connections_cost_one_look_up()
    {
        await using var chaos = await ChaosApp.StartAsync(Configure);
        await chaos.App.CreateUserAsync();
        var caller = await Caller.SignedInAsync(chaos.App);
        await using var first = await caller.ConnectAsync();
        var others = new List<HubConnection>();
        for (var count = 0; count < 20; count++)
        {
            others.Add(await caller.ConnectAsync());
        }

        var before = chaos.Store.LookUps;
        chaos.Store.LookUp.Begin(FaultKind.Throw);
        chaos.App.Time.Advance(_interval);
        await Eventually.TrueAsync(() => Task.FromResult(chaos.Store.LookUps == before + 1), "one look-up is made");

        Assert.Equal("ada@example.com", await first.InvokeAsync<string>("Who"));
        chaos.Store.EndAll();
        foreach (var hub in others)
        {
            Assert.Equal(HubConnectionState.Connected, hub.State);
            await hub.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_connection_of_nobody_is_left_alone()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        await using var hub = await new Caller(app).ConnectAsync("/open-hub");

        app.Time.Advance(_interval);

        Assert.Equal("nobody", await hub.InvokeAsync<string>("Who"));
    }

    [Fact]
    public async Task A_connection_that_began_without_an_answer_ends_with_its_session_all_the_same()
    {
        await using var chaos = await ChaosApp.StartAsync(Configure);
        await chaos.App.CreateUserAsync();
        var caller = await Caller.SignedInAsync(chaos.App);
        chaos.Store.LookUp.Begin(FaultKind.Throw);
        await using var hub = await caller.ConnectAsync();
        var closed = Closed(hub);
        chaos.Store.EndAll();
        chaos.PassBreak();
        chaos.App.Time.Advance(_interval);
        Assert.Equal("ada@example.com", await hub.InvokeAsync<string>("Who"));

        await chaos.App.RevokeAllAsync();

        await Eventually.TrueAsync(() =>
        {
            chaos.App.Time.Advance(_interval);
            return Task.FromResult(closed.IsCompleted);
        });
    }

    [Fact]
    public async Task Who_was_active_over_a_connection_in_an_outage_is_not_found_idle_after_it()
    {
        await using var chaos = await ChaosApp.StartAsync(Configure, options => options.IdleTimeout = TimeSpan.FromMinutes(10));
        await chaos.App.CreateUserAsync();
        var caller = await Caller.SignedInAsync(chaos.App);
        await using var hub = await caller.ConnectAsync();
        var closed = Closed(hub);
        chaos.Store.LookUp.Begin(FaultKind.Throw);
        for (var minute = 0; minute < 15; minute++)
        {
            var before = chaos.Store.LookUps;
            await hub.InvokeAsync<string>("Who");
            chaos.App.Time.Advance(_interval);
            await Eventually.TrueAsync(() => Task.FromResult(chaos.Store.LookUps > before), "the look-up is made");
            await LookedAsync(chaos.App);
        }

        chaos.Store.EndAll();
        var last = chaos.Store.LookUps;
        chaos.App.Time.Advance(_interval);
        await Eventually.TrueAsync(() => Task.FromResult(chaos.Store.LookUps > last), "the look-up is made");
        Assert.Equal(0, (await chaos.App.SweepAsync()).ExpiredCount);

        Assert.Equal("ada@example.com", await hub.InvokeAsync<string>("Who"));
        Assert.False(closed.IsCompleted);
    }

    [Fact]
    public async Task A_hub_that_refuses_a_connection_leaves_nothing_behind()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var caller = await Caller.SignedInAsync(app);

        await using var hub = await caller.ConnectAsync("/refusing-hub");

        await Eventually.TrueAsync(() => Task.FromResult(hub.State == HubConnectionState.Disconnected));
        await Eventually.TrueAsync(() => Task.FromResult(app.Services.GetRequiredService<LiveConnections>().TakeSessions().Count == 0));
    }

    [Fact]
    public async Task A_hub_method_that_needs_confirmed_access_is_closed_without_it()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        await using var hub = await (await Caller.SignedInAsync(app)).ConnectAsync();
        Assert.Equal("secret", await hub.InvokeAsync<string>("Secret"));

        app.Time.Advance(TimeSpan.FromMinutes(16));

        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<string>("Secret"));
    }

    private static async Task ReadToEndAsync(HubConnection hub)
    {
        await foreach (var _ in hub.StreamAsync<int>("Count"))
        {
        }
    }

    // A look that comes due while one is under way is left out.
    private static Task LookedAsync(TestApp app) =>
        Eventually.TrueAsync(() => Task.FromResult(!app.Services.GetRequiredService<ConnectionMonitor>().IsLooking), "the look is over");

    private static Task Closed(HubConnection hub)
    {
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        return closed.Task;
    }

    private static Task<TestApp> StartAsync(Action<TestAppSetup>? configure = null) => TestApp.StartAsync(setup =>
    {
        Configure(setup);
        configure?.Invoke(setup);
    });

    private static void Configure(TestAppSetup setup)
    {
        setup.OnKestrel = true;
        var services = setup.ConfigureServices;
        setup.ConfigureServices = collection =>
        {
            services?.Invoke(collection);
            collection.AddSignalR();
        };
        setup.ConfigureEndpoints = app =>
        {
            app.MapHub<PersonHub>("/hub");
            app.MapHub<OpenHub>("/open-hub");
            app.MapHub<RefusingHub>("/refusing-hub");
        };
    }

    [Authorize]
    private sealed class PersonHub : Hub
    {
        public string Who() => Context.User!.Identity!.Name!;

        [ConfirmedAccess]
        public string Secret() => Context.ConnectionId.Length > 0 ? "secret" : string.Empty;

        public async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return Context.ConnectionId.Length;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    [Authorize]
    private sealed class RefusingHub : Hub
    {
        public override Task OnConnectedAsync() => throw new InvalidOperationException("refused");
    }

    private sealed class OpenHub : Hub
    {
        public string Who() => Context.User?.Identity?.Name ?? "nobody";
    }
}
