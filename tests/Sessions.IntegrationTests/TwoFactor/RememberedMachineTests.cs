using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.TwoFactor;

/// <summary>Who revokes a device also takes from it that it stands for the second factor.</summary>
public sealed class RememberedMachineTests
{
    [Theory]
    [InlineData("sqlite", SessionEndReason.RevokedByUser)]
    [InlineData("sqlite", SessionEndReason.RevokedEverywhereElse)]
    [InlineData("sqlite", SessionEndReason.RevokedByAdmin)]
    [InlineData("sqlite", SessionEndReason.ReportedByUser)]
    [InlineData("postgres", SessionEndReason.RevokedByUser)]
    [InlineData("postgres", SessionEndReason.RevokedByAdmin)]
    public async Task A_revoked_device_is_asked_for_the_second_factor_again(string provider, string reason)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);
        var thief = app.CopyMachine(device);
        Assert.True(await device.IsRememberedAsync());

        await app.WithUsersAsync(users => users.RevokeAllSessionsAsync(user, new SessionRevocation { Reason = reason }));

        Assert.False(await device.IsRememberedAsync());
        Assert.Null(device.Machine());
        Assert.False(await thief.IsRememberedAsync());
        await app.SignInAndRememberAsync(device, user);
        Assert.True(await device.IsRememberedAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_device_that_signed_out_or_ran_out_stays_remembered(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, options => options.AbsoluteLifetime = TimeSpan.FromHours(1));
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);

        await device.PostAsync("/signout");
        Assert.True(await device.IsRememberedAsync());
        Assert.True(await device.IsRememberedAsync()); // the one before is superseded
        app.Time.Advance(TimeSpan.FromHours(2));
        Assert.False(await device.IsSignedInAsync());
        Assert.True(await device.IsRememberedAsync());

        var sessions = await app.SessionsAsync();
        Assert.Equal(
            [SessionEndReason.SignedOut, SessionEndReason.Superseded, SessionEndReason.Expired, null], sessions.Select(session => session.EndReason));
        Assert.Single(sessions.Select(session => session.TwoFactorRememberDigest).Distinct());
        Assert.All(sessions, session => Assert.Matches("^[0-9a-f]{64}$", session.TwoFactorRememberDigest));
    }

    [Fact]
    public async Task A_device_that_was_one_too_many_stays_remembered()
    {
        await using var app = await StartAsync(options: options => options.MaxSessionsPerUser = 1);
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var (first, second) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await app.SignInAndRememberAsync(first, user);
        await app.SignInAndRememberAsync(second, user);

        Assert.Equal(SessionEndReason.Pruned, (await app.SessionsAsync())[0].EndReason);
        Assert.True(await first.IsRememberedAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_revoked_machine_stays_so_when_its_row_is_purged_before_the_other_sessions_on_it(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, options => options.EndedSessionRetention = TimeSpan.FromDays(7));
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var (device, unconcerned) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await app.SignInAndRememberAsync(unconcerned, user);
        await app.SignInAndRememberAsync(device, user);
        var (thief, spare) = (app.CopyMachine(device), app.CopyMachine(device));
        Assert.True(await thief.IsRememberedAsync());
        await app.RevokeAsync(Guid.Parse(await thief.SessionIdAsync()));
        app.Time.Advance(TimeSpan.FromDays(8));
        Assert.True(await device.IsSignedInAsync());

        await app.SweepAsync();

        Assert.DoesNotContain(await app.SessionsAsync(), row => row.EndReason == SessionEndReason.RevokedByUser);
        Assert.False(await spare.IsRememberedAsync());
        Assert.True(await unconcerned.IsRememberedAsync());
    }

    [Fact]
    public async Task Nobody_elses_machine_is_forgotten()
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var (mine, theirs) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await app.SignInAndRememberAsync(mine, user);
        await app.SignInAndRememberAsync(theirs, user);

        await app.RevokeAsync(Guid.Parse(await theirs.SessionIdAsync()));

        Assert.True(await mine.IsRememberedAsync());
        Assert.False(await theirs.IsRememberedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_follows_on_the_same_machine_inherits_it(bool signsOutBefore)
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);
        if (signsOutBefore)
        {
            await device.PostAsync("/signout");
        }

        await device.PostAsync("/signin-direct?name=ada@example.com"); // by what asks for no second factor
        await app.RevokeAsync(Guid.Parse(await device.SessionIdAsync()));

        Assert.False(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task A_session_inherits_it_from_the_one_whose_place_it_takes()
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);
        var thief = app.CopyMachine(device);
        device.Forget(MachineApp.Cookie);

        await device.PostAsync("/signin-direct?name=ada@example.com");
        await app.RevokeAsync(Guid.Parse(await device.SessionIdAsync()));

        Assert.False(await thief.IsRememberedAsync());
    }

    [Fact]
    public async Task A_device_that_came_in_by_a_copy_takes_the_original_with_it()
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);
        var thief = app.CopyMachine(device);
        Assert.True(await thief.IsRememberedAsync());

        await app.RevokeAsync(Guid.Parse(await thief.SessionIdAsync()));

        Assert.True(await device.IsSignedInAsync());
        Assert.False(await device.IsRememberedAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_machine_that_no_session_knows_is_asked_again(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);
        await device.PostAsync("/signout");

        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteDeleteAsync());

        await device.PostAsync("/signin-direct?name=ada@example.com"); // revives nothing
        await device.PostAsync("/signout");
        Assert.False(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task Somebody_who_is_forgotten_has_no_remembered_machines()
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);

        await app.WithUsersAsync(async users =>
        {
            await users.ForgetSessionsAsync(user);
            return true;
        });

        Assert.False(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task A_machine_that_is_remembered_by_a_page_of_the_app_belongs_to_the_session_there()
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await device.PostAsync("/signin-direct?name=ada@example.com");
        await device.PostAsync("/remember");
        Assert.NotNull(Assert.Single(await app.SessionsAsync()).TwoFactorRememberDigest);
        var thief = app.CopyMachine(device);

        await app.RevokeAsync(Guid.Parse(await device.SessionIdAsync()));

        Assert.False(await device.IsRememberedAsync());
        Assert.False(await thief.IsRememberedAsync());
    }

    [Fact]
    public async Task A_machine_that_is_remembered_before_anybody_signs_in_is_bound_by_the_sign_in()
    {
        await using var app = await StartAsync();
        await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await device.PostAsync("/remember");
        Assert.True(await device.IsRememberedAsync());

        await app.RevokeAllAsync();

        Assert.False(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task A_page_that_asks_whether_the_machine_is_remembered_hears_the_truth()
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);
        Assert.Equal("yes", await (await device.GetAsync("/remembered")).Content.ReadAsStringAsync());

        await app.RevokeAllAsync();

        Assert.Equal("no", await (await device.GetAsync("/remembered")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_ordinary_request_does_not_ask_for_it()
    {
        var commands = new CommandCounter();
        await using var database = TestDatabase.Sqlite();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.ConfigureEndpoints = MachineApp.Map;
            setup.ConfigureContext = (services, data) => services.AddDbContext<TestDb>(options =>
            {
                data.Use(options);
                options.AddInterceptors(commands);
            });
        });
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await app.SignInAndRememberAsync(device, user);
        Assert.True(await device.IsRememberedAsync());
        Assert.Contains(commands.Texts, text => text.Contains("TwoFactorRememberDigest\" =", StringComparison.Ordinal));
        commands.Clear();

        Assert.True(await device.IsSignedInAsync());

        Assert.DoesNotContain(commands.Texts, text => text.Contains("TwoFactorRememberDigest", StringComparison.Ordinal));
    }

    private static Task<TestApp> StartAsync(TestDatabase? database = null, Action<UserSessionOptions>? options = null) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Options = options;
        setup.ConfigureEndpoints = MachineApp.Map;
    });
}
