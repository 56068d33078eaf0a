using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Concurrency;

/// <summary>The test's app for many requests at once: its clock stands still but for a tick with every look, so that no budget runs out by it.</summary>
internal static class ConcurrentApp
{
    public static FakeTimeProvider Clock() =>
        new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMicroseconds(1) };

    public static Task<TestApp> StartAsync(TestDatabase database, Action<TestAppSetup>? configure = null) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Time = Clock();
        setup.Options = options => options.TrackingTimeout = TimeSpan.FromMinutes(1);
        configure?.Invoke(setup);
    });

    /// <summary>Devices that signed in before Sessions was there, and the app of afterwards, with the same key ring, services and database.</summary>
    public static async Task<(TestApp App, Device[] Devices)> StartAfterInstallAsync(
        TestDatabase database, int devices, Action<TestAppSetup>? configure = null, Action<IServiceCollection>? services = null)
    {
        var keys = Directory.CreateTempSubdirectory("sessions-keys-");
        var clock = Clock();
        string[] tickets;
        await using (var before = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Keys = keys;
            setup.Time = clock;
            setup.WithSessions = false;
            setup.ConfigureServices = services;
            setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(options =>
            {
                own.Use(options);
                options.UseSessions<Microsoft.AspNetCore.Identity.IdentityUser>();
            });
        }))
        {
            await before.CreateUserAsync();
            tickets = await Task.WhenAll(Enumerable.Range(0, devices).Select(async _ =>
            {
                var device = before.NewDevice();
                await device.SignInAsync();
                return device.Ticket!;
            }));
        }

        var app = await StartAsync(database, setup =>
        {
            setup.Keys = keys;
            setup.Time = clock;
            setup.ConfigureServices = services;
            configure?.Invoke(setup);
        });
        return (app, [.. tickets.Select(ticket => WithTicket(app, ticket))]);
    }

    public static Device WithTicket(TestApp app, string ticket)
    {
        var device = app.NewDevice();
        device.Present(ticket);
        return device;
    }
}
