using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>AddSessions() may stand anywhere among the builder's calls.</summary>
public sealed class BuilderOrderTests
{
    [Theory]
    [InlineData("AddSessions AddEntityFrameworkStores AddSignInManager AddDefaultTokenProviders")]
    [InlineData("AddEntityFrameworkStores AddSessions AddSignInManager AddDefaultTokenProviders")]
    [InlineData("AddEntityFrameworkStores AddSignInManager AddSessions AddDefaultTokenProviders")]
    [InlineData("AddEntityFrameworkStores AddSignInManager AddDefaultTokenProviders AddSessions")]
    [InlineData("AddSignInManager AddSessions AddEntityFrameworkStores AddDefaultTokenProviders")]
    [InlineData("AddSessions AddRoles AddEntityFrameworkStores AddSignInManager AddSessions AddDefaultTokenProviders")]
    public async Task In_a_chain_on_identity_core(string calls)
    {
        await using var database = TestDatabase.Sqlite();

        await AssertWorksAsync(database, services =>
        {
            var identity = services.AddIdentityCore<IdentityUser>();
            foreach (var call in calls.Split(' '))
            {
                identity = Call(identity, call);
            }

            services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        });
    }

    [Theory]
    [InlineData("AddDefaultIdentity")]
    [InlineData("AddIdentity")]
    [InlineData("AddIdentityApiEndpoints")]
    public async Task On_every_way_to_add_identity_before_and_after_its_store(string identity)
    {
        await using var before = TestDatabase.Sqlite();
        await AssertWorksAsync(before, services => Add(services, identity).AddSessions().AddEntityFrameworkStores<PlainDb>());

        await using var after = TestDatabase.Sqlite();
        await AssertWorksAsync(after, services => Add(services, identity).AddEntityFrameworkStores<PlainDb>().AddSessions());
    }

    [Fact]
    public async Task As_a_statement_of_its_own_after_the_others()
    {
        await using var database = TestDatabase.Sqlite();

        await AssertWorksAsync(database, services =>
        {
            services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
            services.AddIdentityCore<IdentityUser>().AddEntityFrameworkStores<PlainDb>().AddSignInManager().AddDefaultTokenProviders();
            new IdentityBuilder(typeof(IdentityUser), services).AddSessions();
        });
    }

    [Fact]
    public async Task As_a_statement_of_its_own_between_statements_of_which_none_adds_a_manager()
    {
        await using var database = TestDatabase.Sqlite();

        await AssertWorksAsync(database, services =>
        {
            var identity = services.AddIdentity<IdentityUser, IdentityRole>();
            identity.AddSessions();
            identity.AddEntityFrameworkStores<PlainDb>();
            identity.AddDefaultTokenProviders();
        });
    }

    [Fact]
    public async Task Called_twice_its_settings_add_up_and_everything_happens_once()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, services => services
            .AddIdentity<IdentityUser, IdentityRole>()
            .AddSessions(options => options.DeviceCookie.Name = "first")
            .AddEntityFrameworkStores<PlainDb>()
            .AddSessions(options => options.AddSessionIdClaim = true));
        await app.CreateUserAsync();

        await app.NewDevice().SignInAsync();

        var options = app.Services.GetRequiredService<IOptions<UserSessionOptions>>().Value;
        Assert.Equal(("first", true), (options.DeviceCookie.Name, options.AddSessionIdClaim));
        Assert.Single(await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>());
    }

    [Fact]
    public void For_another_type_of_user_it_says_that_one_app_tracks_one_type()
    {
        var services = new ServiceCollection();
        services.AddIdentityCore<IdentityUser>().AddSessions();

        var error = Assert.Throws<InvalidOperationException>(() => services.AddIdentityCore<IdentityUser<int>>().AddSessions());

        Assert.Contains("One app tracks one type of user", error.Message, StringComparison.Ordinal);
    }

    private static IdentityBuilder Call(IdentityBuilder identity, string call) => call switch
    {
        "AddSessions" => identity.AddSessions(),
        "AddEntityFrameworkStores" => identity.AddEntityFrameworkStores<PlainDb>(),
        "AddSignInManager" => identity.AddSignInManager(),
        "AddRoles" => identity.AddRoles<IdentityRole>(),
        _ => identity.AddDefaultTokenProviders(),
    };

    private static IdentityBuilder Add(IServiceCollection services, string identity) => identity switch
    {
        "AddDefaultIdentity" => services.AddDefaultIdentity<IdentityUser>(),
        "AddIdentity" => services.AddIdentity<IdentityUser, IdentityRole>(),
        _ => services.AddIdentityApiEndpoints<IdentityUser>(),
    };

    private static async Task AssertWorksAsync(TestDatabase database, Action<IServiceCollection> addIdentity)
    {
        await using var app = await StartAsync(database, addIdentity);
        await app.CreateUserAsync();

        await app.SignInFailRevokeAndSignOutAsync();

        var sessions = await app.RowsAsync<PlainDb, IdentityUserSession<string>>();
        Assert.All(sessions, session => Assert.Equal(SignInMethod.Password, session.SignInMethod));
        Assert.Equal(2, sessions.Count);
        Assert.Equal(5, (await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>()).Count);
        Assert.Empty(app.Warnings);
    }

    private static Task<HostApp<IdentityUser>> StartAsync(TestDatabase database, Action<IServiceCollection> addIdentity) =>
        HostApp<IdentityUser>.StartAsync(
            builder =>
            {
                builder.Services.AddDbContext<PlainDb>(database.Use);
                addIdentity(builder.Services);
            },
            typeof(PlainDb));
}
