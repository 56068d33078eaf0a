using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>What can't work fails at start and says what to write instead.</summary>
public sealed class SetupErrorTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Without_a_store_the_error_names_the_call(string environment)
    {
        var error = await FailAsync(builder => builder.Services.AddDefaultIdentity<IdentityUser>().AddSessions(), environment);

        Assert.Contains(".AddEntityFrameworkStores<AppDbContext>().AddSessions()", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_user_without_a_key_of_identitys_is_named(string environment)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => HostApp<Person>.StartAsync(
            builder => builder.Services.AddIdentityCore<Person>().AddUserStore<PersonStore>().AddSignInManager().AddSessions(), environment: environment));

        Assert.Contains("derives from IdentityUser<TKey>, but Person does not. Write class Person : IdentityUser.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_not_relational_is_named()
    {
        var error = await FailAsync(builder =>
        {
            builder.Services.AddDbContext<PlainDb>(options =>
            {
                options.UseInMemoryDatabase("documents");
                options.ReplaceService<IDatabaseProvider, DocumentProvider>();
            });
            builder.Services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<PlainDb>().AddSessions();
        });

        Assert.Contains("PlainDb uses the provider 'Some.Documents'", error.Message, StringComparison.Ordinal);
        Assert.Contains("options.UseSqlite(…)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_whose_options_are_made_by_hand_is_named_with_the_line_to_add()
    {
        var error = await FailAsync(builder =>
        {
            builder.Services.AddScoped(_ => new PlainDb((DbContextOptions<PlainDb>)new DbContextOptionsBuilder<PlainDb>().UseSqlite("Data Source=:memory:").AllowManyProviders().Options));
            builder.Services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<PlainDb>().AddSessions();
        });

        Assert.Contains("The model of PlainDb has no tables for sessions", error.Message, StringComparison.Ordinal);
        Assert.Contains("Add options.UseSessions<IdentityUser>() where they are made.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_internal_service_provider_is_told_apart_with_a_line_of_its_own()
    {
        await using var internalServices = new ServiceCollection().AddEntityFrameworkSqlite().BuildServiceProvider();

        var error = await FailAsync(builder =>
        {
            builder.Services.AddDbContext<PlainDb>(options => options.UseSqlite("Data Source=:memory:").UseInternalServiceProvider(internalServices));
            builder.Services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<PlainDb>().AddSessions();
        });

        Assert.Contains("Add services.AddEntityFrameworkSessions() where that provider is made.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authentication_service_that_takes_our_place_is_an_error()
    {
        await using var database = TestDatabase.Sqlite();

        var error = await FailAsync(builder =>
        {
            builder.Services.AddDbContext<PlainDb>(database.Use);
            builder.Services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<PlainDb>().AddSessions();
            builder.Services.AddScoped<IAuthenticationService, AuthenticationService>();
        });

        Assert.Contains("Register it before AddSessions(), or let it call the one that it replaces.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task One_that_stands_before_or_around_ours_is_fine(string when)
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await HostApp<IdentityUser>.StartAsync(
            builder =>
            {
                builder.Services.AddDbContext<PlainDb>(database.Use);
                if (when == "before")
                {
                    builder.Services.AddScoped<IAuthenticationService, OwnAuthentication>();
                }

                builder.Services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<PlainDb>().AddSessions();
                if (when == "after")
                {
                    var ours = builder.Services.Last(service => !service.IsKeyedService && service.ServiceType == typeof(IAuthenticationService));
                    builder.Services.AddScoped<IAuthenticationService>(scope => new Around((IAuthenticationService)ours.ImplementationFactory!(scope)));
                }
            },
            typeof(PlainDb));
        await app.CreateUserAsync();

        await app.SignInFailRevokeAndSignOutAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_policy_for_operators_that_there_is_not_is_named(bool hasAuthorization)
    {
        await using var database = TestDatabase.Sqlite();
        var error = await FailAsync(builder =>
        {
            builder.Services.AddDbContext<PlainDb>(database.Use);
            builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>()
                .AddSessions(options => options.Administration.Policy = "operators");
            if (hasAuthorization)
            {
                builder.Services.AddAuthorization();
            }
        });

        Assert.Contains("Administration.Policy is 'operators', but the app has no authorization policy of that name", error.Message, StringComparison.Ordinal);
        Assert.Contains("AddPolicy(\"operators\"", error.Message, StringComparison.Ordinal);
    }

    private static Task<InvalidOperationException> FailAsync(Action<WebApplicationBuilder> register, string environment = "Development") =>
        Assert.ThrowsAsync<InvalidOperationException>(() => HostApp<IdentityUser>.StartAsync(register, environment: environment));

    private sealed class DocumentProvider : IDatabaseProvider
    {
        public string Name => "Some.Documents";

        public string? Version => null;

        public bool IsConfigured(IDbContextOptions options) => true;
    }

    private sealed class OwnAuthentication(
        IAuthenticationSchemeProvider schemes,
        IAuthenticationHandlerProvider handlers,
        IClaimsTransformation transform,
        Microsoft.Extensions.Options.IOptions<AuthenticationOptions> options) : AuthenticationService(schemes, handlers, transform, options);

    private sealed class Around(IAuthenticationService inner) : IAuthenticationService
    {
        public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) => inner.AuthenticateAsync(context, scheme);

        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.ChallengeAsync(context, scheme, properties);

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.ForbidAsync(context, scheme, properties);

        public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
            inner.SignInAsync(context, scheme, principal, properties);

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.SignOutAsync(context, scheme, properties);
    }
}
