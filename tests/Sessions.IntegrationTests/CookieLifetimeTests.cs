using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

/// <summary>The check lengthens no cookie, and Identity's own interval goes on working.</summary>
public sealed class CookieLifetimeTests
{
    [Fact]
    public async Task With_sliding_off_a_session_ends_when_its_ticket_does_however_busy_it_is()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureServices = services =>
            services.ConfigureApplicationCookie(options =>
            {
                options.SlidingExpiration = false;
                options.ExpireTimeSpan = TimeSpan.FromHours(1);
            }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var ticket = device.Ticket;

        for (var minutes = 0; minutes < 50; minutes += 10)
        {
            app.Time.Advance(TimeSpan.FromMinutes(10));
            Assert.True(await device.IsSignedInAsync());
        }

        app.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.False(await device.IsSignedInAsync());
        Assert.NotNull(ticket);
    }

    [Fact]
    public async Task A_sliding_cookie_keeps_its_session_and_its_row_knows_the_later_end()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureServices = services =>
            services.ConfigureApplicationCookie(options => options.ExpireTimeSpan = TimeSpan.FromHours(1)));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var before = await device.SessionIdAsync();
        var ticket = device.Ticket;

        app.Time.Advance(TimeSpan.FromMinutes(40));
        Assert.True(await device.IsSignedInAsync());
        Assert.NotEqual(ticket, device.Ticket);
        app.Time.Advance(TimeSpan.FromMinutes(40));
        Assert.True(await device.IsSignedInAsync());

        Assert.Equal(before, await device.SessionIdAsync());
        await Eventually.TrueAsync(async () => Assert.Single(await app.SessionsAsync()).ExpiresAt > app.Time.GetUtcNow().AddMinutes(15));
    }

    [Fact]
    public async Task Identitys_own_stamp_check_still_refreshes_the_principal_and_keeps_the_session()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureServices = services =>
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(30)));
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var before = await device.SessionIdAsync();
        await app.WithUsersAsync(async users =>
        {
            var known = (await users.FindByIdAsync(user.Id))!;
            known.UserName = "ada.lovelace";
            known.NormalizedUserName = "ADA.LOVELACE";
            return await users.UpdateAsync(known);
        });

        app.Time.Advance(TimeSpan.FromMinutes(31));
        await device.IsSignedInAsync();
        using var response = await device.GetAsync("/whoami");

        Assert.Equal("ada.lovelace", await response.Content.ReadAsStringAsync());
        Assert.Equal(before, await device.SessionIdAsync());
        Assert.Single(await app.SessionsAsync());
    }

    [Fact]
    public async Task A_row_is_touched_at_most_once_an_interval()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var begun = Assert.Single(await app.SessionsAsync()).LastSeenAt;

        app.Time.Advance(TimeSpan.FromMinutes(4));
        await device.IsSignedInAsync();
        Assert.Equal(begun, Assert.Single(await app.SessionsAsync()).LastSeenAt);

        app.Time.Advance(TimeSpan.FromMinutes(2));
        await device.IsSignedInAsync();
        await Eventually.TrueAsync(async () => Assert.Single(await app.SessionsAsync()).LastSeenAt >= begun.AddMinutes(6));
    }
}
