using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>A template app's Identity, with Sessions or without, on a database of its own that goes with it.</summary>
internal sealed class BenchApp : IAsyncDisposable
{
    public const string Password = "Load-test-1!";

    private const string Operators = "operators";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly bool _isKept;

    private BenchApp(WebApplication app, DirectoryInfo folder, bool isPostgres, bool isKept)
    {
        _app = app;
        _folder = folder;
        _isKept = isKept;
        IsPostgres = isPostgres;
    }

    public bool IsPostgres { get; }

    public bool HasSessions { get; private set; }

    /// <summary>Whether the database was made now: one that is kept may be there from a run before.</summary>
    public bool IsNew { get; private set; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<BenchApp> StartAsync(string? postgres, string name, bool withSessions = true, string? keep = null, Explaining? explaining = null, bool withPages = false, int? hashIterations = null)
    {
        var folder = Directory.CreateTempSubdirectory("sessions-lifecycle-");
        var connectionString = postgres is null
            ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, "app.db") }.ToString()
            : new NpgsqlConnectionStringBuilder(postgres) { Database = $"sessions_lifecycle_{name}_{keep ?? Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", CommandTimeout = 3_600 }.ToString();
        var app = new BenchApp(Build(postgres is not null, connectionString, withSessions, withPages, explaining, hashIterations), folder, postgres is not null, keep is not null);
        app.HasSessions = withSessions;
        app.IsNew = await app.InDatabaseAsync(db => db.Database.EnsureCreatedAsync());
        await app._app.StartAsync();
        return app;
    }

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task<T> InDatabaseAsync<T>(Func<BenchDb, Task<T>> work) => InScopeAsync(services => work(services.GetRequiredService<BenchDb>()));

    public Task<int> ExecuteAsync(string sql) => InDatabaseAsync(db =>
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        return db.Database.ExecuteSqlRawAsync(sql);
    });

    public Task<IdentityUser> CreateUserAsync(string name) => InScopeAsync(async services =>
    {
        var user = new IdentityUser(name) { Email = name, EmailConfirmed = true };
        var created = await services.GetRequiredService<UserManager<IdentityUser>>().CreateAsync(user, Password);
        return created.Succeeded ? user : throw new InvalidOperationException($"The user could not be created: {created}");
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        if (!_isKept)
        {
            await InDatabaseAsync(db => db.Database.EnsureDeletedAsync());
        }

        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static WebApplication Build(bool isPostgres, string connectionString, bool withSessions, bool withPages, Explaining? explaining, int? hashIterations)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<BenchDb>(options =>
        {
            _ = isPostgres ? options.UseNpgsql(connectionString) : options.UseSqlite(connectionString);
            if (explaining is not null)
            {
                options.AddInterceptors(explaining);
            }
        });
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization();
        if (hashIterations is { } iterations)
        {
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = iterations);
        }

        var identity = withPages ? AddIdentityWithPages(builder.Services) : AddIdentity(builder.Services);
        if (withSessions)
        {
            identity.AddSessions(options => (options.SweepInterval, options.Administration.Policy) = (null, withPages ? Operators : null));
        }

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/signin", async (SignInManager<IdentityUser> signIn, string name) =>
            (await signIn.PasswordSignInAsync(name, Password, isPersistent: true, lockoutOnFailure: false)).Succeeded ? Results.NoContent() : Results.Unauthorized());
        if (withPages)
        {
            app.MapRazorPages();
        }

        return app;
    }

    private static IdentityBuilder AddIdentity(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        return services.AddIdentityCore<IdentityUser>().AddSignInManager().AddEntityFrameworkStores<BenchDb>();
    }

    // As the README's app has it: the pages in Identity's own layout.
    private static IdentityBuilder AddIdentityWithPages(IServiceCollection services)
    {
        services.AddAuthorizationBuilder().AddPolicy(Operators, policy => policy.RequireAuthenticatedUser());
        services.AddRazorPages();
        return services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<BenchDb>();
    }
}
