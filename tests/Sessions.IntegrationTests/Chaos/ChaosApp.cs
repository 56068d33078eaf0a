using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sessions.Identity;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>The test's app with faults in every part that tracking leans on.</summary>
internal sealed class ChaosApp : IAsyncDisposable
{
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    private ChaosApp()
    {
        Store = new StoreFaults(Victims);
        Parser = new Fault(Victims);
        Geolocator = new Fault(Victims);
        Hook = new Fault(Victims);
    }

    public TestApp App { get; private set; } = null!;

    public TestClock Clock => (TestClock)App.Time;

    public Victims Victims { get; } = new();

    public StoreFaults Store { get; }

    public Fault Parser { get; }

    public Fault Geolocator { get; }

    public Fault Hook { get; }

    public static async Task<ChaosApp> StartAsync(Action<TestAppSetup>? configure = null, Action<UserSessionOptions>? options = null)
    {
        var chaos = new ChaosApp();
        chaos.App = await TestApp.StartAsync(setup =>
        {
            setup.Options = settings =>
            {
                settings.TrackingTimeout = Budget;
                settings.IpAddressResolver = _ => IPAddress.Parse("81.2.69.160");
                settings.Events.OnEvent = _ => chaos.Hook.HitAsync();
                options?.Invoke(settings);
            };
            setup.ConfigureServices = chaos.AddFaults;
            setup.ConfigureEndpoints = app =>
                app.MapPost("/passkey-options", (SignInManager<IdentityUser> signIn) => signIn.MakePasskeyRequestOptionsAsync(null));
            configure?.Invoke(setup);
        });
        await chaos.App.LookUpNothingAsync();
        return chaos;
    }

    /// <summary>Sends a request. If a fault holds it up, the clock is turned by one budget, once: that must be all that it waits.</summary>
    public async Task<T> WithinOneBudgetAsync<T>(Func<Task<T>> request, TimeSpan? held = null)
    {
        var victim = Victims.NextAsync();
        var waits = Clock.Timers;
        var answer = request();
        if (await Task.WhenAny(answer, victim).WaitAsync(Eventually.Patience) != answer)
        {
            await UntilHeldAsync(answer, waits, held);
            Clock.Advance(held ?? Budget);
        }

        return await answer.WaitAsync(Eventually.Patience);
    }

    /// <summary>Waits until a request that began after so many waits waits by the clock itself, not only for the part that is broken, or is answered.</summary>
    public Task UntilHeldAsync(Task answer, int waits, TimeSpan? held = null) => Eventually.TrueAsync(
        () => Task.FromResult(answer.IsCompleted || Clock.RequestsWaitingSince(waits, held ?? Budget) > 0),
        "the request waits by the clock");

    /// <summary>Turns the clock past the circuit's break, so that the next request is the probe.</summary>
    public void PassBreak() => App.Time.Advance(TimeSpan.FromSeconds(6));

    public async ValueTask DisposeAsync()
    {
        Store.EndAll();
        Parser.End();
        Geolocator.End();
        Hook.End();
        await App.DisposeAsync();
    }

    private void AddFaults(IServiceCollection services)
    {
        services.RemoveAll<IUserSessionStore>();
        services.AddScoped<IUserSessionStore>(scope =>
            new FaultyUserSessionStore(scope.GetRequiredService<StoreFactory>().Create(scope), Store, scope.GetRequiredService<IServiceScopeFactory>()));
        services.RemoveAll<IUserAgentParser>();
        services.AddSingleton<IUserAgentParser>(new FaultyUserAgentParser(Parser));
        services.AddSingleton<IIpGeolocator>(new FaultyIpGeolocator(Geolocator));
    }
}
