using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>Failed attempts keep what was typed, which may be a name that the person has no longer.</summary>
public sealed class FormerNameTests
{
    private const string Former = "ada@example.com";

    [Theory]
    [MemberData(nameof(Forgotten.EveryWay), MemberType = typeof(Forgotten))]
    public async Task Failures_under_a_former_name_lose_it_too(string provider, string way)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await Forgotten.StartAsync(database, way);
        var ada = await RenamedAsync(app, "lovelace@example.com");
        await app.NewDevice().SignInAsync("lovelace@example.com", "wrong");
        await app.NewDevice().SignInAsync("lovelace@example.com");
        await app.NewDevice().SignInAsync("bob@example.com", "wrong");

        await app.ForgetAsync(ada, way);

        Assert.Equal([null, null, "bob@example.com"], (await app.EventsAsync()).Where(row => row.Kind == SessionEventKind.SignInFailed).Select(row => row.Identity));
        await app.AssertNothingNamesAsync(ada);
    }

    [Theory]
    [InlineData(Forgotten.ByHand)]
    [InlineData(Forgotten.Deleted)]
    [InlineData(Forgotten.Swept)]
    public async Task A_former_name_that_is_another_accounts_by_now_stays(string way)
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await Forgotten.StartAsync(database, way);
        var ada = await RenamedAsync(app, "lovelace@example.com");
        await app.CreateUserAsync(Former);
        await app.NewDevice().SignInAsync(Former, "wrong");

        await app.ForgetAsync(ada, way);

        Assert.Equal([Former, Former], (await app.EventsAsync()).Where(row => row.Kind == SessionEventKind.SignInFailed).Select(row => row.Identity));
    }

    [Fact]
    public async Task A_persons_own_copy_has_the_name_that_each_sign_in_was_made_under()
    {
        await using var app = await TestApp.StartAsync();
        var ada = await RenamedAsync(app, "lovelace@example.com");

        var data = await app.WithUsersAsync(users => users.GetSessionsPersonalDataAsync(ada));

        Assert.Contains(data.LoginHistory, row => row["Kind"] == SessionEventKind.SignedIn && row["Metadata"].Contains(Former, StringComparison.Ordinal));
    }

    private static async Task<IdentityUser> RenamedAsync(TestApp app, string name)
    {
        await app.CreateUserAsync(Former);
        await app.NewDevice().SignInAsync(Former, "wrong");
        await app.NewDevice().SignInAsync(Former);
        return await app.WithUsersAsync(async users =>
        {
            var user = (await users.FindByNameAsync(Former))!;
            await users.SetEmailAsync(user, name);
            await users.SetUserNameAsync(user, name);
            user.EmailConfirmed = true;
            await users.UpdateAsync(user);
            return user;
        });
    }
}
