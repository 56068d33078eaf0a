using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Harness;

/// <summary>What a test's app is made of; each part can be another.</summary>
public sealed class TestAppSetup
{
    /// <summary>A database that outlives the app; by default a SQLite file of its own.</summary>
    public TestDatabase? Database { get; set; }

    /// <summary>The key ring's folder: two apps with the same one read each other's cookies.</summary>
    public DirectoryInfo Keys { get; set; } = Directory.CreateTempSubdirectory("sessions-keys-");

    /// <summary>The app's clock. It moves a little with every look, as a real one does, so that events have an order.</summary>
    public FakeTimeProvider Time { get; set; } = new TestClock(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    /// <summary>On a real port, for those who come from outside.</summary>
    public bool OnKestrel { get; set; }

    public bool WithSessions { get; set; } = true;

    public bool CreateTables { get; set; } = true;

    public Action<UserSessionOptions>? Options { get; set; }

    public Action<IServiceCollection, TestDatabase> ConfigureContext { get; set; } =
        (services, database) => services.AddDbContext<TestDb>(database.Use);

    public Func<IServiceCollection, IdentityBuilder> ConfigureIdentity { get; set; } = services =>
    {
        // What a password's hash costs is Identity's: these tests make thousands.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 2_000);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        return services
            .AddIdentityCore<IdentityUser>(options => options.Lockout.MaxFailedAccessAttempts = 3)
            .AddEntityFrameworkStores<TestDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
    };

    public Action<IdentityBuilder> AddSessions { get; set; }

    public Action<IServiceCollection>? ConfigureServices { get; set; }

    public Action<WebApplication>? ConfigureApp { get; set; }

    public Action<IEndpointRouteBuilder>? ConfigureEndpoints { get; set; }

    public TestAppSetup() => AddSessions = identity => identity.AddSessions(options =>
    {
        // A test that turns the clock by days does not mean the sweep, unless it says so.
        options.SweepInterval = null;
        Options?.Invoke(options);
    });
}
