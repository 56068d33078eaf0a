using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns.Early;

/// <summary>What is known of a device is asked while the password is hashed, and not where no hash hides it or no sign-in follows.</summary>
public sealed class EarlyComparisonTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_sign_in_asks_about_its_device_while_the_password_is_hashed_and_not_again(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var chaos = await HashingApp.StartAsync(database);
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();

        Assert.Equal("Succeeded", await device.SignInAsync());
        Assert.Equal("Succeeded", await device.SignInAsync());
        Assert.Equal("Succeeded", await chaos.App.NewDevice(Device.SafariOnIPhone).SignInAsync());

        Assert.Equal([1, 2, 3], HashingApp.Of(chaos).AskedMeanwhile);
        Assert.Equal(3, chaos.Store.Compare.Calls);
        Assert.Equal([SessionEndReason.Superseded, null, null], (await chaos.App.SessionsAsync()).Select(row => row.EndReason));
        Assert.Equal([false, false, true], (await chaos.App.EventsAsync()).Select(row => row.IsNewDevice));
    }

    // A ticket that nobody has read before the sign-in is found by it, and then the question is another one.
    [Fact]
    public async Task What_was_asked_without_the_browsers_ticket_is_asked_again_with_it()
    {
        await using var chaos = await HashingApp.StartAsync(configure: setup =>
        {
            var identity = setup.ConfigureIdentity;
            setup.ConfigureIdentity = services =>
            {
                var builder = identity(services);
                services.Configure<AuthenticationOptions>(options => options.DefaultAuthenticateScheme = IdentityConstants.ExternalScheme);
                return builder;
            };
        });
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();

        await device.SignInAsync();

        Assert.Equal(3, chaos.Store.Compare.Calls);
        Assert.Equal([SessionEndReason.Superseded, null], (await chaos.App.SessionsAsync()).Select(row => row.EndReason));
    }

    [Fact]
    public void Only_the_same_question_has_the_same_answer()
    {
        var question = new DeviceQuestion { UserId = "ada", DeviceId = "browser", Device = new DeviceInfo { Browser = "Chrome" }, CountryCode = "ES", At = DateTimeOffset.UnixEpoch, BeginsSession = true };

        Assert.True((question with { At = DateTimeOffset.MaxValue, Device = new DeviceInfo { Browser = "Chrome" } }).AsksTheSameAs(question));
        Assert.All(
            [
                question with { UserId = "bob" },
                question with { DeviceId = null },
                question with { Device = DeviceInfo.Unknown },
                question with { CountryCode = null },
                question with { Replaced = Guid.NewGuid() },
                question with { BeginsSession = false },
            ],
            other => Assert.False(other.AsksTheSameAs(question)));
    }

    [Theory]
    [InlineData("locked out", "LockedOut")]
    [InlineData("without a password", "Failed")]
    [InlineData("with a second factor", "RequiresTwoFactor")]
    public async Task Nothing_is_asked_where_no_hash_hides_it_or_no_sign_in_follows(string who, string result)
    {
        await using var chaos = await HashingApp.StartAsync();
        HashingApp.Of(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        await chaos.App.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(user => user
            .SetProperty(row => row.LockoutEnd, row => who == "locked out" ? DateTimeOffset.MaxValue : null)
            .SetProperty(row => row.PasswordHash, row => who == "without a password" ? null : row.PasswordHash)
            .SetProperty(row => row.TwoFactorEnabled, who == "with a second factor")
            .SetProperty(row => row.EmailConfirmed, true)));

        Assert.Equal(result, await chaos.App.NewDevice().SignInAsync());

        Assert.Equal(0, chaos.Store.Compare.Calls);
    }

    [Fact]
    public async Task An_external_sign_in_of_an_account_with_a_password_asks_in_its_turn()
    {
        await using var chaos = await HashingApp.StartAsync();
        HashingApp.Of(chaos).IsPatient = false;
        var user = await chaos.App.CreateUserAsync();
        await chaos.App.WithUsersAsync(async users => await users.AddLoginAsync((await users.FindByIdAsync(user.Id))!, new UserLoginInfo("Google", "key-1", "Google")));
        await chaos.App.NewDevice().SignInAsync();

        await chaos.App.NewDevice(Device.SafariOnIPhone).PostAsync("/signin-external?provider=Google&key=key-1");

        Assert.Equal(2, chaos.Store.Compare.Answers);
        Assert.Equal([false, true], (await chaos.App.EventsAsync()).Select(row => row.IsNewDevice));
    }

    [Fact]
    public async Task A_check_outside_of_a_sign_in_asks_nothing()
    {
        await using var chaos = await HashingApp.StartAsync();
        HashingApp.Of(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();

        await chaos.App.NewDevice().PostAsync($"/check-password?name=ada@example.com&password={Uri.EscapeDataString(TestApp.Password)}");

        Assert.Equal(0, chaos.Store.Compare.Calls);
    }

    [Fact]
    public async Task A_wrong_password_leaves_its_failure_and_nothing_else()
    {
        await using var chaos = await HashingApp.StartAsync();
        await chaos.App.CreateUserAsync();

        Assert.Equal("Failed", await chaos.App.NewDevice().SignInAsync(password: "wrong"));

        var failed = Assert.Single(await chaos.App.EventsAsync());
        Assert.Equal((SessionEventKind.SignInFailed, "Faulty", null), (failed.Kind, failed.Browser, failed.DeviceId));
        Assert.Empty(await chaos.App.SessionsAsync());
    }
}
