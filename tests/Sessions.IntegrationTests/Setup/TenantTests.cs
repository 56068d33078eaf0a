using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>A database per tenant, which a request-scoped service knows once the request is there.</summary>
public sealed class TenantTests
{
    [Theory]
    [InlineData("options")]
    [InlineData("OnConfiguring")]
    [InlineData("constructor")]
    public async Task Each_tenants_sessions_stay_in_its_own_database(string way)
    {
        await using var first = TestDatabase.Sqlite();
        await using var second = TestDatabase.Sqlite();
        await using var app = await StartAsync(way, first, second);
        var (ada, eve) = (app.NewDevice(), app.NewDevice());
        await CreateUserAsync(app, first);
        await CreateUserAsync(app, second);

        Assert.Equal("Succeeded", await SignInAsync(ada, "first"));
        Assert.Equal("Succeeded", await SignInAsync(eve, "second"));

        Assert.Single(await SessionsAsync(app, first));
        Assert.Single(await SessionsAsync(app, second));
        Assert.Equal(200, await WhoAmIAsync(ada, "first"));
        Assert.Equal(200, await WhoAmIAsync(eve, "second"));
        Assert.NotEqual(200, await WhoAmIAsync(ada, "second"));
    }

    private static Task<HostApp<IdentityUser>> StartAsync(string way, TestDatabase first, TestDatabase second) => HostApp<IdentityUser>.StartAsync(
        builder =>
        {
            builder.Services.AddScoped<Tenant>();
            var identity = builder.Services.AddIdentity<IdentityUser, IdentityRole>();
            _ = way switch
            {
                "options" => Add<PlainDb>(identity, services => services.AddDbContext<PlainDb>((scope, options) => options.UseSqlite(scope.GetRequiredService<Tenant>().ConnectionString))),
                "OnConfiguring" => Add<TenantDb>(identity, services => services.AddDbContext<TenantDb>()),
                _ => Add<LateTenantDb>(identity, services => services.AddDbContext<LateTenantDb>(options => options.UseSqlite(second.ConnectionString))),
            };
        },
        map: app => app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<Tenant>().ConnectionString = (context.Request.Query["tenant"] == "first" ? first : second).ConnectionString;
            return next(context);
        }));

    private static IdentityBuilder Add<TContext>(IdentityBuilder identity, Action<IServiceCollection> addContext)
        where TContext : IdentityDbContext<IdentityUser>
    {
        addContext(identity.Services);
        identity.Services.AddScoped<IdentityDbContext<IdentityUser>>(scope => scope.GetRequiredService<TContext>());
        return identity.AddEntityFrameworkStores<TContext>().AddSessions();
    }

    private static Task<bool> CreateUserAsync(HostApp<IdentityUser> app, TestDatabase database) => app.InScopeAsync(async services =>
    {
        services.GetRequiredService<Tenant>().ConnectionString = database.ConnectionString;
        await services.GetRequiredService<IdentityDbContext<IdentityUser>>().Database.EnsureCreatedAsync();
        var user = new IdentityUser { UserName = "ada@example.com", Email = "ada@example.com" };
        return (await services.GetRequiredService<UserManager<IdentityUser>>().CreateAsync(user, TestApp.Password)).Succeeded;
    });

    private static Task<List<IdentityUserSession<string>>> SessionsAsync(HostApp<IdentityUser> app, TestDatabase database) => app.InScopeAsync(services =>
    {
        services.GetRequiredService<Tenant>().ConnectionString = database.ConnectionString;
        return services.GetRequiredService<IdentityDbContext<IdentityUser>>().Set<IdentityUserSession<string>>().AsNoTracking().ToListAsync();
    });

    private static Task<string> SignInAsync(Device device, string tenant) =>
        device.PostAsync($"/signin?tenant={tenant}&name=ada@example.com&password={Uri.EscapeDataString(TestApp.Password)}");

    private static async Task<int> WhoAmIAsync(Device device, string tenant)
    {
        using var response = await device.GetAsync($"/whoami?tenant={tenant}");
        return (int)response.StatusCode;
    }
}

public sealed class Tenant
{
    public string? ConnectionString { get; set; }
}

public sealed class TenantDb(DbContextOptions<TenantDb> options, Tenant tenant) : IdentityDbContext<IdentityUser>(options)
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite(tenant.ConnectionString);
}

public sealed class LateTenantDb : IdentityDbContext<IdentityUser>
{
    public LateTenantDb(DbContextOptions<LateTenantDb> options, Tenant tenant)
        : base(options)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (tenant.ConnectionString is not null)
        {
            Database.SetConnectionString(tenant.ConnectionString);
        }
    }
}
