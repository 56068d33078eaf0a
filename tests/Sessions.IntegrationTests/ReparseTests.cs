using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

public sealed class ReparseTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task After_an_update_of_the_rules_stored_devices_are_named_anew_in_sessions_and_trail(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();
        await app.NewDevice(Device.SafariOnIPhone).SignInAsync();
        var before = (await app.SessionsAsync()).Select(row => row.Browser);
        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteUpdateAsync(row => row.SetProperty(old => old.Browser, "Old name")));
        await app.InDatabaseAsync(db => db.Set<IdentitySessionEvent<string>>().ExecuteUpdateAsync(row => row.SetProperty(old => old.Browser, "Old name")));

        var changed = await app.InScopeAsync(services => Manager(services).ReparseDevicesAsync());
        var again = await app.InScopeAsync(services => Manager(services).ReparseDevicesAsync());

        Assert.Equal((4, 0), (changed, again));
        Assert.Equal(before, (await app.SessionsAsync()).Select(row => row.Browser));
        Assert.DoesNotContain(await app.EventsAsync(), row => row.Browser == "Old name");
    }

    private static UserSessionManager<Microsoft.AspNetCore.Identity.IdentityUser> Manager(IServiceProvider services) =>
        services.GetRequiredService<UserSessionManager<Microsoft.AspNetCore.Identity.IdentityUser>>();
}
