using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>Many failures against one identity: the host is told once for a burst.</summary>
public sealed class RepeatedFailureTests
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_hook_is_told_once_at_the_crossing_and_again_after_a_quiet_window(string provider)
    {
        var told = new ConcurrentQueue<RepeatedFailuresContext>();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, told);
        var user = await app.CreateUserAsync();

        await FailAsync(app, 2);
        await SettleAsync(app, told, 0);
        await FailAsync(app, 1);
        await SettleAsync(app, told, 1);
        await FailAsync(app, 5);
        await SettleAsync(app, told, 1);

        // Below the threshold, but not for a whole window yet.
        app.Time.Advance(_window + TimeSpan.FromMinutes(5));
        await FailAsync(app, 3);
        await SettleAsync(app, told, 1);

        app.Time.Advance((_window * 2) + TimeSpan.FromMinutes(1));
        await FailAsync(app, 2);
        await SettleAsync(app, told, 1);
        await FailAsync(app, 1);
        await SettleAsync(app, told, 2);

        Assert.All(told, crossing => Assert.Equal(("ada@example.com", user.Id, 3), (crossing.Identity, crossing.OwnerId, crossing.Limit.Threshold)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Parallel_attempts_on_two_nodes_tell_once(string provider)
    {
        var told = new ConcurrentQueue<RepeatedFailuresContext>();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = await StartAsync(database, told);
        await using var other = await StartAsync(database, told, createTables: false);
        var devices = Enumerable.Range(0, 20).Select(number => (number % 2 == 0 ? one : other).NewDevice()).ToArray();

        await Task.WhenAll(devices.Select(device => device.SignInAsync("nobody@example.com", "wrong")));
        await SettleAsync(one, told, 1);
        await SettleAsync(other, told, 1);

        Assert.Null(Assert.Single(told).OwnerId);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_burst_that_is_over_leaves_nothing_behind_after_a_sweep(string provider)
    {
        var told = new ConcurrentQueue<RepeatedFailuresContext>();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, told);
        await FailAsync(app, 3);
        await SettleAsync(app, told, 1);

        await app.SweepAsync();
        Assert.Equal(1, await BurstsAsync(app));
        app.Time.Advance(_window * 3);
        await app.SweepAsync();

        Assert.Equal(0, await BurstsAsync(app));
    }

    [Fact]
    public async Task Nobody_is_the_owner_of_an_address_that_they_have_not_confirmed()
    {
        var told = new ConcurrentQueue<RepeatedFailuresContext>();
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, told);
        await app.CreateUserAsync(configure: user => user.EmailConfirmed = false);

        await FailAsync(app, 3);
        await SettleAsync(app, told, 1);

        Assert.Null(Assert.Single(told).OwnerId);
    }

    [Fact]
    public async Task A_confirmed_phone_number_has_its_owner()
    {
        var told = new ConcurrentQueue<RepeatedFailuresContext>();
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, told);
        var user = await app.CreateUserAsync(configure: user => (user.PhoneNumber, user.PhoneNumberConfirmed) = ("+34600000000", true));

        await FailAsync(app, 3, "+34600000000");
        await SettleAsync(app, told, 1);

        Assert.Equal(user.Id, Assert.Single(told).OwnerId);
    }

    [Fact]
    public async Task Counting_what_is_not_tracked_is_an_error_at_start()
    {
        var fault = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => TestApp.StartAsync(setup => setup.Options = options =>
        {
            options.RepeatedFailures = new RepeatedFailuresOptions();
            options.TrackFailedSignIns = false;
        }));

        Assert.Contains("TrackFailedSignIns", fault.Message, StringComparison.Ordinal);
    }

    private static Task<int> BurstsAsync(TestApp app) =>
        app.InDatabaseAsync(db => db.Set<IdentitySessionLease>().CountAsync(row => row.Name.StartsWith("failures:")));

    private static Task<TestApp> StartAsync(TestDatabase database, ConcurrentQueue<RepeatedFailuresContext> told, bool createTables = true) =>
        TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.CreateTables = createTables;
            setup.Options = options =>
            {
                options.TrackingTimeout = TimeSpan.FromSeconds(30);
                options.RepeatedFailures = new RepeatedFailuresOptions { Threshold = 3, Window = _window };
                options.Events.OnRepeatedFailures = context =>
                {
                    told.Enqueue(context);
                    return Task.CompletedTask;
                };
            };
        });

    private static async Task FailAsync(TestApp app, int times, string identity = "ada@example.com")
    {
        for (var time = 0; time < times; time++)
        {
            await app.NewDevice().PostAsync($"/signin?name={Uri.EscapeDataString(identity)}&password=wrong&lockout=false");
        }
    }

    // Events are told in their order: when one of another kind has been, all before it have been looked at.
    private static async Task SettleAsync(TestApp app, ConcurrentQueue<RepeatedFailuresContext> told, int count)
    {
        var queue = app.Services.GetRequiredService<Sessions.Identity.Events.HookQueue>();
        var settled = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<UserSessionOptions>>().Value.Events;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        settled.OnSessionRevoked = _ =>
        {
            reached.TrySetResult();
            return Task.CompletedTask;
        };
        queue.Publish(
            new SessionEventInfo { Id = Guid.NewGuid(), Kind = SessionEventKind.Revoked, SessionId = Guid.NewGuid(), OccurredAt = app.Time.Start }, request: null);
        await reached.Task.WaitAsync(Eventually.Patience);
        Assert.Equal(count, told.Count);
    }
}
