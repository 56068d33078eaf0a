using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Testing;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>An app that registers whatever a test says, for any type of user. Started as in Development, so the container is validated.</summary>
internal sealed class HostApp<TUser> : IAsyncDisposable
    where TUser : class, new()
{
    private readonly WebApplication _app;

    private HostApp(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<FakeLogRecord> Warnings =>
        [.. _app.Services.GetFakeLogCollector().GetSnapshot().Where(line => line.Level >= LogLevel.Warning && line.Category!.StartsWith("Sessions.", StringComparison.Ordinal))];

    /// <summary>Starts it.</summary>
    /// <param name="register">What the app registers.</param>
    /// <param name="context">The context whose tables are made first, or null where the test needs none.</param>
    /// <param name="map">Endpoints and middleware of the test's own.</param>
    public static async Task<HostApp<TUser>> StartAsync(
        Action<WebApplicationBuilder> register, Type? context = null, Action<WebApplication>? map = null, string environment = "Development")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddAuthorization();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();

        builder.Services.AddSingleton(typeof(IDbContextOptionsConfiguration<>), typeof(ManyProviders<>));

        // The machines that run this are slower than any app's.
        builder.Services.Configure<UserSessionOptions>(options => options.TrackingTimeout = TimeSpan.FromMinutes(1));
        register(builder);

        var app = builder.Build();
        try
        {
            map?.Invoke(app);
            app.UseAuthentication();
            app.UseAuthorization();
            HostEndpoints.Map<TUser>(app);
            if (context is not null)
            {
                await using var scope = app.Services.CreateAsyncScope();
                await ((DbContext)scope.ServiceProvider.GetRequiredService(context)).Database.EnsureCreatedAsync();
            }

            await app.StartAsync();
            return new HostApp<TUser>(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public Device NewDevice() => new(_app.GetTestServer(), Device.ChromeOnWindows);

    public HttpClient NewClient() => _app.GetTestClient();

    public Task<TUser> CreateUserAsync(string email = "ada@example.com") => InScopeAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<TUser>>();
        var user = new TUser();
        if (user is IdentityUser<string> { Id: null } keyless)
        {
            keyless.Id = Guid.NewGuid().ToString();
        }

        var store = (IUserEmailStore<TUser>)services.GetRequiredService<IUserStore<TUser>>();
        await store.SetUserNameAsync(user, email, default);
        await store.SetEmailAsync(user, email, default);
        var created = await users.CreateAsync(user, TestApp.Password);
        Assert.True(created.Succeeded, string.Join(" ", created.Errors.Select(error => error.Description)));
        return user;
    });

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task<List<TRow>> RowsAsync<TContext, TRow>()
        where TContext : DbContext
        where TRow : class =>
        InScopeAsync(services => services.GetRequiredService<TContext>().Set<TRow>().AsNoTracking().ToListAsync());

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
