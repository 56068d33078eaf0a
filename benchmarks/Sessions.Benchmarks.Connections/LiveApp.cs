using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sessions.Benchmarks.Connections.Components;
using Sessions.Identity;

namespace Sessions.Benchmarks.Connections;

/// <summary>A Blazor app with a hub on Kestrel, with Sessions and its pages, on a database of its own that goes with it.</summary>
internal sealed class LiveApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private LiveApp(WebApplication app, DirectoryInfo folder)
    {
        _app = app;
        _folder = folder;
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<LiveApp> StartAsync(string? postgres, Action<LiveConnectionOptions> configure)
    {
        var folder = Directory.CreateTempSubdirectory("sessions-connections-");
        var connectionString = postgres is null
            ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, "app.db") }.ToString()
            : new NpgsqlConnectionStringBuilder(postgres) { Database = $"sessions_connections_{Environment.ProcessId}" }.ToString();
        var app = new LiveApp(Build(postgres is not null, connectionString, configure), folder);
        await app.InDatabaseAsync(db => db.Database.EnsureCreatedAsync());
        await app._app.StartAsync();
        return app;
    }

    public Task<T> InDatabaseAsync<T>(Func<LiveDb, Task<T>> work) => InScopeAsync(services => work(services.GetRequiredService<LiveDb>()));

    public Task CreatePeopleAsync(IEnumerable<string> names) => InDatabaseAsync(db =>
    {
        db.Users.AddRange(names.Select(name => new IdentityUser(name) { NormalizedUserName = name.ToUpperInvariant(), SecurityStamp = Guid.NewGuid().ToString() }));
        return db.SaveChangesAsync();
    });

    /// <summary>Ends all of a person's sessions, as an operator does from this process.</summary>
    public Task<int> RevokeAsync(string name) => InScopeAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<IdentityUser>>();
        return await users.RevokeAllSessionsAsync((await users.FindByNameAsync(name))!);
    });

    /// <summary>Ends all of a person's sessions as another process does: this one isn't told.</summary>
    public Task<int> EndElsewhereAsync(string name) => InDatabaseAsync(async db =>
    {
        var id = await db.Users.Where(user => user.UserName == name).Select(user => user.Id).SingleAsync();
        var now = TimeProvider.System.GetUtcNow();
        return await db.Set<IdentityUserSession<string>>().Where(row => row.UserId == id).ExecuteUpdateAsync(row => row
            .SetProperty(session => session.EndedAt, now)
            .SetProperty(session => session.EndReason, SessionEndReason.RevokedByAdmin));
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await InDatabaseAsync(db => db.Database.EnsureDeletedAsync());
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private static WebApplication Build(bool isPostgres, string connectionString, Action<LiveConnectionOptions> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseStaticWebAssets(); // Blazor's script, which a published app has in its wwwroot
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<LiveDb>(options => _ = isPostgres ? options.UseNpgsql(connectionString) : options.UseSqlite(connectionString));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSignalR();
        builder.Services.AddIdentityCore<IdentityUser>().AddSignInManager().AddEntityFrameworkStores<LiveDb>().AddSessions(options =>
        {
            options.SweepInterval = null; // its commands are none of a connection's
            configure(options.LiveConnections);
        });

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapPost("/signin", async (SignInManager<IdentityUser> signIn, string name) =>
        {
            await signIn.SignInAsync((await signIn.UserManager.FindByNameAsync(name))!, isPersistent: true);
            return Results.NoContent();
        });
        app.MapHub<IdleHub>("/hub");
        app.MapRazorComponents<Root>().AddInteractiveServerRenderMode().AddSessionsPages();
        return app;
    }
}
