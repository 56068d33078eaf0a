using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Harness;

/// <summary>A real app: Identity, cookies, a real database, endpoints for every way to sign in. Only its clock is turned by hand.</summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string Password = "Pa55-word!";

    private readonly WebApplication _app;
    private readonly bool _ownsDatabase;

    private TestApp(WebApplication app, TestDatabase database, bool ownsDatabase, FakeTimeProvider time)
    {
        _app = app;
        Database = database;
        _ownsDatabase = ownsDatabase;
        Time = time;
    }

    public TestDatabase Database { get; }

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _app.Services;

    public FakeLogCollector Logs => _app.Services.GetFakeLogCollector();

    /// <summary>Where it listens, if it does so on a real port.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<TestApp> StartAsync(Action<TestAppSetup>? configure = null)
    {
        var setup = new TestAppSetup();
        configure?.Invoke(setup);
        var ownsDatabase = setup.Database is null;
        var database = setup.Database ?? TestDatabase.Sqlite();

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        if (setup.OnKestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddSingleton<TimeProvider>(setup.Time);
        builder.Services.AddAuthorization();
        builder.Services.AddDataProtection().SetApplicationName("tests").PersistKeysToFileSystem(setup.Keys);
        setup.ConfigureContext(builder.Services, database);
        var identity = setup.ConfigureIdentity(builder.Services);
        if (setup.WithSessions)
        {
            setup.AddSessions(identity);
        }

        setup.ConfigureServices?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use(next => context => TestClock.InRequestAsync(next, context));
        setup.ConfigureApp?.Invoke(app);
        app.UseAuthentication();
        app.UseAuthorization();
        TestEndpoints.Map(app);
        setup.ConfigureEndpoints?.Invoke(app);

        if (setup.CreateTables)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TestDb>().Database.EnsureCreatedAsync();
        }

        await app.StartAsync();
        return new TestApp(app, database, ownsDatabase, setup.Time);
    }

    public async Task<IdentityUser> CreateUserAsync(string email = "ada@example.com", Action<IdentityUser>? configure = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        var user = new IdentityUser { UserName = email, Email = email, EmailConfirmed = true };
        configure?.Invoke(user);
        var created = await users.CreateAsync(user, Password);
        Assert.True(created.Succeeded, string.Join(" ", created.Errors.Select(error => error.Description)));
        return user;
    }

    /// <summary>A device of its own: a cookie jar and a user agent.</summary>
    public Device NewDevice(string userAgent = Device.ChromeOnWindows, CookieContainer? cookies = null) => new(_app.GetTestServer(), userAgent, cookies);

    /// <summary>Stops the app as a host does that is shut down. What is under way goes on until the app is disposed.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task<T> InDatabaseAsync<T>(Func<TestDb, Task<T>> work) => InScopeAsync(services => work(services.GetRequiredService<TestDb>()));

    public Task<List<IdentityUserSession<string>>> SessionsAsync() =>
        InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public Task<List<IdentitySessionEvent<string>>> EventsAsync() =>
        InDatabaseAsync(db => db.Set<IdentitySessionEvent<string>>().AsNoTracking().OrderBy(row => row.OccurredAt).ThenBy(row => row.Id).ToListAsync());

    /// <summary>Looks a session up that is not there, as a request with an old ticket does: from then on it is known how the app's contexts are made.</summary>
    public Task LookUpNothingAsync() => InScopeAsync(services => services.GetRequiredService<StoreFactory>().Create(services).FindAsync("nothing", CancellationToken.None));

    public Task<T> WithUsersAsync<T>(Func<UserManager<IdentityUser>, Task<T>> work) =>
        InScopeAsync(services => work(services.GetRequiredService<UserManager<IdentityUser>>()));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsDatabase)
        {
            await Database.DisposeAsync();
        }
    }
}
