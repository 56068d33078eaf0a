using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>However the app registers its context.</summary>
public sealed class RegistrationTests
{
    public static TheoryData<string, string> Ways() => new MatrixTheoryData<string, string>(
        ["AddDbContext", "AddDbContextPool", "AddDbContextFactory", "AddPooledDbContextFactory", "AddDbContext<Service, Impl>", "AddDbContextPool<Service, Impl>"],
        ["before", "after"]);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_tables_join_it_and_everything_works(string way, string when)
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(way, when, database);
        await app.CreateUserAsync();

        await app.SignInFailRevokeAndSignOutAsync();

        Assert.Equal(2, (await app.RowsAsync<PlainDb, IdentityUserSession<string>>()).Count);
        Assert.Equal(5, (await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>()).Count);
        Assert.Empty(app.Warnings);
    }

    [Fact]
    public async Task A_second_context_is_left_alone()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync("AddDbContext", "before", database, services => services.AddDbContext<OrdersDb>(database.Use));

        var tables = await app.InScopeAsync(services =>
            Task.FromResult(services.GetRequiredService<OrdersDb>().Model.GetEntityTypes().Select(entity => entity.GetTableName())));

        Assert.Equal(["Orders"], tables);
    }

    [Theory]
    [InlineData("AddDbContext")]
    [InlineData("AddDbContextPool")]
    public async Task A_context_derived_from_the_apps_own_is_not_taken_for_it(string way)
    {
        await using var database = TestDatabase.Sqlite();
        await using var archive = TestDatabase.Sqlite();
        await using var app = await StartAsync(way, "before", database, services =>
        {
            if (way == "AddDbContext")
            {
                services.AddDbContext<ArchiveDb>(archive.Use);
            }
            else
            {
                services.AddDbContextPool<ArchiveDb>(archive.Use);
            }
        });
        await app.CreateUserAsync();

        await app.NewDevice().SignInAsync();

        Assert.Single(await app.RowsAsync<PlainDb, IdentityUserSession<string>>());
    }

    private static Task<HostApp<IdentityUser>> StartAsync(string way, string when, TestDatabase database, Action<IServiceCollection>? more = null) =>
        HostApp<IdentityUser>.StartAsync(
            builder =>
            {
                if (when == "before")
                {
                    AddContext(builder.Services, way, database);
                }

                builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>().AddSessions();
                if (when == "after")
                {
                    AddContext(builder.Services, way, database);
                }

                more?.Invoke(builder.Services);
            },
            typeof(PlainDb));

    private static void AddContext(IServiceCollection services, string way, TestDatabase database) => _ = way switch
    {
        "AddDbContext" => services.AddDbContext<PlainDb>(database.Use),
        "AddDbContextPool" => services.AddDbContextPool<PlainDb>(database.Use),
        "AddDbContextFactory" => services.AddDbContextFactory<PlainDb>(database.Use),
        "AddPooledDbContextFactory" => services.AddPooledDbContextFactory<PlainDb>(database.Use),
        "AddDbContext<Service, Impl>" => services.AddDbContext<PlainDb, PlainDbOfSomeKind>(database.Use),
        "AddDbContextPool<Service, Impl>" => services.AddDbContextPool<PlainDb, PlainDbOfSomeKind>(database.Use),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };
}

public class PlainDb : IdentityDbContext<IdentityUser>
{
    public PlainDb(DbContextOptions<PlainDb> options)
        : base(options)
    {
    }

    protected PlainDb(DbContextOptions options)
        : base(options)
    {
    }
}

public sealed class PlainDbOfSomeKind(DbContextOptions<PlainDbOfSomeKind> options) : PlainDb(options);

public sealed class ArchiveDb(DbContextOptions<ArchiveDb> options) : PlainDb(options);

public sealed class OrdersDb(DbContextOptions<OrdersDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}

public sealed class Order
{
    public int Id { get; set; }
}
