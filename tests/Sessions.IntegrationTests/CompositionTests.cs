using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

/// <summary>The check runs and sign-ins begin sessions whatever a host does with the cookie's events and validators.</summary>
public sealed class CompositionTests
{
    public static TheoryData<string> Hosts =>
    [
        "events replaced", "events by type", "own OnValidatePrincipal", "own OnValidatePrincipal that renews always", "own OnValidatePrincipal that resets IssuedUtc",
        "own stamp validator before", "own stamp validator after", "stamp interval zero", "post-configured late",
    ];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_revoked_session_is_refused_and_a_live_one_goes_on(string host)
    {
        await using var app = await TestApp.StartAsync(setup => Configure(setup, host));
        await app.CreateUserAsync();
        var laptop = app.NewDevice();
        var phone = app.NewDevice();
        await laptop.SignInAsync();
        await phone.SignInAsync();
        Assert.True(await phone.IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await phone.IsSignedInAsync());
        var copy = phone.Copy();

        await laptop.PostAsync($"/revoke?id={await phone.SessionIdAsync()}");

        Assert.False(await phone.IsSignedInAsync());
        Assert.Null(phone.Ticket);
        Assert.False(await copy.IsSignedInAsync());
        Assert.True(await laptop.IsSignedInAsync());
        Assert.Equal(2, (await app.SessionsAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_cookie_copied_before_logout_is_refused(string host)
    {
        await using var app = await TestApp.StartAsync(setup => Configure(setup, host));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/refresh");
        Assert.True(await device.IsSignedInAsync());
        var copy = device.Copy();

        await device.PostAsync("/signout");

        Assert.False(await copy.IsSignedInAsync());
        Assert.NotNull(Assert.Single(await app.SessionsAsync()).EndedAt);
    }

    private static void Configure(TestAppSetup setup, string host) => setup.ConfigureIdentity = services =>
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        if (host == "own stamp validator before")
        {
            services.AddScoped<ISecurityStampValidator, HostStampValidator>();
        }

        setup.ConfigureServices = later => ConfigureLater(later, host);
        return services.AddIdentityCore<IdentityUser>().AddEntityFrameworkStores<TestDb>().AddSignInManager().AddDefaultTokenProviders();
    };

    private static void ConfigureLater(IServiceCollection services, string host)
    {
        switch (host)
        {
            case "events replaced":
                services.ConfigureApplicationCookie(options => options.Events = new CookieAuthenticationEvents());
                break;
            case "events by type":
                services.AddScoped<HostCookieEvents>();
                services.ConfigureApplicationCookie(options => options.EventsType = typeof(HostCookieEvents));
                break;
            case "own OnValidatePrincipal":
                services.ConfigureApplicationCookie(options => options.Events.OnValidatePrincipal = _ => Task.CompletedTask);
                break;
            case "own OnValidatePrincipal that renews always":
                services.ConfigureApplicationCookie(options => options.Events.OnValidatePrincipal = async context =>
                {
                    await SecurityStampValidator.ValidatePrincipalAsync(context);
                    context.ShouldRenew = true;
                });
                break;
            case "own OnValidatePrincipal that resets IssuedUtc":
                services.ConfigureApplicationCookie(options => options.Events.OnValidatePrincipal = async context =>
                {
                    await SecurityStampValidator.ValidatePrincipalAsync(context);
                    context.Properties.IssuedUtc = TimeProvider.System.GetUtcNow().AddYears(5);
                });
                break;
            case "own stamp validator after":
                services.AddScoped<ISecurityStampValidator, HostStampValidator>();
                break;
            case "stamp interval zero":
                services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
                break;
            case "post-configured late":
                services.PostConfigure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => options.Events = new CookieAuthenticationEvents());
                break;
        }
    }

    private sealed class HostStampValidator : ISecurityStampValidator
    {
        public Task ValidateAsync(CookieValidatePrincipalContext context) => Task.CompletedTask;
    }

    private sealed class HostCookieEvents : CookieAuthenticationEvents;
}
