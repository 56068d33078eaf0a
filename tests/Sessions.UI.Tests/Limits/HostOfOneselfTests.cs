using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Limits;

/// <summary>Hosts that do something of their own with principals, cookies and databases: nobody is locked out, and no other device ends than the chosen one.</summary>
public sealed class HostOfOneselfTests
{
    [Fact]
    public async Task Principals_without_the_stamp_lead_on_as_any()
    {
        await using var app = await LimitApp.StartAsync(configure: setup => setup.ConfigureServices = services =>
            services.AddScoped<IUserClaimsPrincipalFactory<IdentityUser>, BarePrincipals>());
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var page = await LimitApp.AskedAsync(phone);

        using var answer = await LimitApp.GoOnAsync(phone, page, LimitApp.Offered(page));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.True(await phone.IsSignedInAsync());
    }

    [Fact]
    public async Task Where_the_hosts_policy_lets_no_cookie_of_ours_through_the_oldest_ends_unasked()
    {
        await using var app = await LimitApp.StartAsync(configure: setup =>
        {
            setup.ConfigureServices = services => services.Configure<CookiePolicyOptions>(options =>
                options.OnAppendCookie = context => context.IssueCookie = !context.CookieName.StartsWith("Sessions.", StringComparison.Ordinal));
            setup.ConfigureApp = host => host.UseCookiePolicy();
        });
        await app.App.CreateUserAsync();
        var oldest = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var answer = await LimitApp.LoginAsync(phone);

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.True(await phone.IsSignedInAsync());
        Assert.False(await oldest.IsSignedInAsync());
    }

    [Fact]
    public async Task A_choice_that_is_written_later_ends_whom_the_person_chose_and_nobody_else()
    {
        await using var app = await LimitApp.StartAsync(total: 2);
        await app.App.CreateUserAsync();
        var oldest = await app.SignedInAsync();
        var chosen = await app.SignedInAsync();
        var live = await app.LiveAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        var page = await LimitApp.AskedAsync(phone);
        await app.App.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE AspNetSessionEvents RENAME TO Gone"));

        using var answer = await LimitApp.GoOnAsync(phone, page, live[1]);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await app.App.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Gone RENAME TO AspNetSessionEvents"));
        Assert.True(await phone.IsSignedInAsync());
        Assert.True(await oldest.IsSignedInAsync());
        Assert.False(await chosen.IsSignedInAsync());
        Assert.Equal([null, SessionEndReason.LimitReached, null], (await app.App.SessionsAsync()).OrderBy(row => row.CreatedAt).Select(row => row.EndReason));
    }

    private sealed class BarePrincipals : IUserClaimsPrincipalFactory<IdentityUser>
    {
        public Task<ClaimsPrincipal> CreateAsync(IdentityUser user) => Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(ClaimTypes.Name, user.UserName!)], IdentityConstants.ApplicationScheme)));
    }
}
