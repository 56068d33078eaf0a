using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_persons_copy_has_all_that_is_kept_of_them_and_nothing_of_others_and_no_secret(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var ada = await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        await app.NewDevice(Device.SafariOnIPhone).SignInAsync("bob@example.com");
        var device = app.NewDevice();
        await device.SignInAsync(password: "wrong");
        await device.SignInAsync();
        await app.WithUsersAsync(users => users.RevokeAllSessionsAsync(ada, new SessionRevocation { ActorId = "ops", Note = "for operators only" }));
        await device.SignInAsync();

        var data = await app.WithUsersAsync(users => users.GetSessionsPersonalDataAsync(ada));

        Assert.Equal(2, data.Sessions.Count);
        Assert.Equal(["SignedIn", "Revoked", "SignedIn", "SignInFailed"], data.LoginHistory.Select(row => row["Kind"]));
        Assert.All(data.Sessions, row => Assert.Equal(Device.ChromeOnWindows, row["UserAgent"]));
        Assert.Equal("ada@example.com", data.LoginHistory[^1]["Identity"]);
        var all = data.Sessions.Concat(data.LoginHistory).SelectMany(row => row).ToList();
        Assert.DoesNotContain(all, entry => entry.Key.EndsWith("Digest", StringComparison.Ordinal) || entry.Value.Contains("operators", StringComparison.Ordinal));
        Assert.DoesNotContain(all, entry => entry.Value == Device.SafariOnIPhone);
    }
}
