using Microsoft.Extensions.Hosting;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>The app stops, and its container is disposed, while people sign in and work is queued.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task A_sign_in_under_way_goes_through_and_the_next_app_tracks_it()
    {
        await using var database = TestDatabase.Sqlite();
        var keys = Directory.CreateTempSubdirectory("sessions-keys-");
        string ticket;
        await using (var chaos = await StartAsync(database, keys))
        {
            await chaos.App.CreateUserAsync();
            var device = chaos.App.NewDevice();
            chaos.Store.BeginAll(FaultKind.Hang);
            var victim = chaos.Victims.NextAsync();
            var signIn = device.SignInAsync();
            await victim.WaitAsync(Eventually.Patience);

            await chaos.App.StopAsync().WaitAsync(Eventually.Patience);
            await Eventually.TrueAsync(() =>
            {
                chaos.App.Time.Advance(ChaosApp.Budget);
                return Task.FromResult(signIn.IsCompleted);
            });

            Assert.Equal("Succeeded", await signIn);
            ticket = device.Ticket!;
        }

        await using var next = await StartAsync(database, keys);
        var again = next.App.NewDevice();
        again.Present(ticket);
        Assert.True(await again.IsSignedInAsync());
        Assert.Single(await next.App.SessionsAsync());
        Assert.Equal(SessionEventKind.SignedIn, Assert.Single(await next.App.EventsAsync()).Kind);
    }

    [Fact]
    public async Task Work_that_was_given_up_and_fails_on_the_disposed_container_is_observed()
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Add(args.Exception);
        TaskScheduler.UnobservedTaskException += Note;

        var chaos = await StartAsync();
        await chaos.App.CreateUserAsync();
        chaos.Store.Insert.Begin(FaultKind.Late);
        await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync());
        await chaos.DisposeAsync(); // the fault ends, and the write goes on without its app

        for (var look = 0; look < 10; look++)
        {
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= Note;
        Assert.DoesNotContain(unobserved, fault => fault.ToString().Contains("Sessions.Identity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sign_outs_that_wait_are_written_before_the_app_is_gone_and_the_hooks_are_told()
    {
        var told = new List<string>();
        await using var chaos = await ChaosApp.StartAsync(options: options => options.Events.OnEvent = context =>
        {
            told.Add(context.Event.Kind);
            return Task.CompletedTask;
        });
        await chaos.App.CreateUserAsync();
        chaos.Store.End.Begin(FaultKind.Throw);
        for (var person = 0; person < 3; person++)
        {
            var device = chaos.App.NewDevice();
            await device.SignInAsync();
            await device.PostAsync("/signout");
        }

        chaos.Store.End.End(); // and no pause of the queue passes: its clock stands
        await chaos.App.StopAsync().WaitAsync(Eventually.Patience);

        Assert.All(await chaos.App.SessionsAsync(), session => Assert.Equal(SessionEndReason.SignedOut, session.EndReason));
        Assert.Equal(3, told.Count(kind => kind == SessionEventKind.SignedOut));
        Assert.DoesNotContain(chaos.App.Logs.GetSnapshot(), line => line.Category!.EndsWith("SignOutQueue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_after_the_queues_were_closed_is_counted_as_lost_and_fails_nobody()
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        foreach (var service in chaos.App.Services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None).WaitAsync(Eventually.Patience);
        }

        Assert.Equal("Succeeded", await chaos.App.NewDevice().SignInAsync());
        chaos.Store.End.Begin(FaultKind.Throw);
        await device.PostAsync("/signout");

        Assert.Null(device.Ticket);
        var lines = chaos.App.Logs.GetSnapshot();
        Assert.Single(lines, line => line.Category!.EndsWith("SignOutQueue", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Category!.EndsWith("HookQueue", StringComparison.Ordinal));
    }

    private static Task<ChaosApp> StartAsync(TestDatabase? database = null, DirectoryInfo? keys = null) => ChaosApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Keys = keys ?? setup.Keys;
    });
}
