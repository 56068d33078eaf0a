using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>Contexts that don't come from AddDbContext: one call on their options is all they need.</summary>
public sealed class ByHandTests
{
    [Fact]
    public void Without_the_call_a_context_made_by_hand_has_no_tables_and_with_it_it_has()
    {
        using var without = new PlainDb((DbContextOptions<PlainDb>)new DbContextOptionsBuilder<PlainDb>().UseSqlite("Data Source=:memory:").AllowManyProviders().Options);
        using var with = Hand.Made<PlainDb, IdentityUser>(options => options.UseSqlite("Data Source=:memory:").UseSessions<IdentityUser>());

        Assert.Null(without.Model.FindEntityType(typeof(IdentityUserSession<string>)));
        Assert.NotNull(with.Model.FindEntityType(typeof(IdentityUserSession<string>)));
    }

    [Fact]
    public async Task An_app_that_registers_its_context_itself_works()
    {
        await using var database = TestDatabase.Sqlite();

        await AssertWorksAsync(services => services.AddScoped(_ => Hand.Made<PlainDb, IdentityUser>(database.Use)));
    }

    [Fact]
    public async Task So_does_one_with_an_internal_service_provider_of_its_own()
    {
        await using var database = TestDatabase.Sqlite();
        await using var internalServices = new ServiceCollection().AddEntityFrameworkSqlite().AddEntityFrameworkSessions().BuildServiceProvider();
        await using var orders = new OrdersDb(
            (DbContextOptions<OrdersDb>)new DbContextOptionsBuilder<OrdersDb>()
                .UseSqlite(database.ConnectionString).UseInternalServiceProvider(internalServices).AllowManyProviders().Options);

        await AssertWorksAsync(services => services.AddDbContext<PlainDb>(options =>
            options.UseSqlite(database.ConnectionString).UseInternalServiceProvider(internalServices)));

        Assert.Single(orders.Model.GetEntityTypes());
    }

    private static async Task AssertWorksAsync(Action<IServiceCollection> addContext)
    {
        await using var app = await HostApp<IdentityUser>.StartAsync(
            builder =>
            {
                addContext(builder.Services);
                builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>().AddSessions();
            },
            typeof(PlainDb));
        await app.CreateUserAsync();

        await app.SignInFailRevokeAndSignOutAsync();

        Assert.Equal(2, (await app.RowsAsync<PlainDb, IdentityUserSession<string>>()).Count);
        Assert.Empty(app.Warnings);
    }
}
