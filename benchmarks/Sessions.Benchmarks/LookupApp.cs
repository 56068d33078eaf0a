using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;

namespace Sessions.Benchmarks;

/// <summary>The services of an app whose one user has one session, on a SQLite file.</summary>
internal sealed class LookupApp : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DirectoryInfo _folder;

    private LookupApp(ServiceProvider services, DirectoryInfo folder)
    {
        _services = services;
        _folder = folder;
    }

    public static async Task<LookupApp> CreateAsync<TContext>(string keyDigest)
        where TContext : DbContext
    {
        var folder = Directory.CreateTempSubdirectory("sessions-benchmark-");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<TContext>(options => options.UseSqlite($"Data Source={Path.Combine(folder.FullName, "lookup.db")}"));
        services.AddIdentityCore<IdentityUser>().AddEntityFrameworkStores<TContext>().AddSessions();

        var app = new LookupApp(services.BuildServiceProvider(), folder);
        await using var scope = app._services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TContext>().Database.EnsureCreatedAsync();
        var user = new IdentityUser("person@example.com");
        await scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>().CreateAsync(user);
        await BeginAsync(scope.ServiceProvider, user.Id, keyDigest);
        return app;
    }

    /// <summary>What a request does: a scope of its own, the store from it, one look-up.</summary>
    public async Task<object> FindAsync(string keyDigest)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUserSessionStore>().FindAsync(keyDigest, CancellationToken.None)
            ?? throw new InvalidOperationException("The session was not found.");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static Task<SessionBegun?> BeginAsync(IServiceProvider services, string userId, string keyDigest)
    {
        var now = TimeProvider.System.GetUtcNow();
        var origin = new SessionOrigin { DeviceId = "device", IpAddress = "203.0.113.7" };
        var session = new UserSessionDescriptor
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            KeyDigest = keyDigest,
            Scheme = IdentityConstants.ApplicationScheme,
            Origin = origin,
            SignIn = new SignInFacts { Method = SignInMethod.Password },
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now.AddDays(14),
        };
        var signedIn = new SessionEventDescriptor { Id = Guid.CreateVersion7(now), Kind = SessionEventKind.SignedIn, OccurredAt = now, Origin = origin, UserId = userId, SessionId = session.Id };
        return services.GetRequiredService<IUserSessionStore>().BeginAsync(new SessionBeginning { Session = session, SignedIn = signedIn }, CancellationToken.None);
    }
}
