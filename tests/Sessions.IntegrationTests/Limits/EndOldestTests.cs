using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Limits;

/// <summary>Limits that end the oldest session.</summary>
public sealed class EndOldestTests
{
    private const string IosApp = "MyApp/2.4.1 (iPhone17,1; iOS 18.5; build 3)";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task At_the_limit_the_oldest_session_ends_and_says_why(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, limits => limits.Total = 2);
        await app.CreateUserAsync();
        var devices = await SignInAsync(app, Device.ChromeOnWindows, Device.SafariOnIPhone, Device.ChromeOnWindows);

        Assert.Equal([false, true, true], await StatesAsync(devices));
        var ended = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.Equal((SessionEndReason.LimitReached, (await app.SessionsAsync()).MinBy(row => row.CreatedAt)!.Id), (ended.EndReason, ended.SessionId));
    }

    [Theory]
    [InlineData("sqlite", 1)]
    [InlineData("sqlite", 3)]
    [InlineData("postgres", 1)]
    [InlineData("postgres", 3)]
    public async Task Sign_ins_at_once_leave_exactly_the_limit_and_the_newest_of_them(string provider, int most)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, limits => limits.Total = most);
        await app.CreateUserAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.NewDevice().SignInAsync()));

        var sessions = (await app.SessionsAsync()).OrderByDescending(session => session.CreatedAt).ThenByDescending(session => session.Id).ToList();
        Assert.Equal(sessions.Take(most).Select(session => session.Id), sessions.Where(session => session.EndedAt is null).Select(session => session.Id));
        Assert.Equal(12 - most, (await app.EventsAsync()).Count(row => row.EndReason == SessionEndReason.LimitReached));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Each_type_of_device_has_its_own_limit(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, limits =>
        {
            limits.PerDeviceType[DeviceType.Desktop] = 1;
            limits.PerDeviceType[SignInLimits.Native] = 2;
        });
        await app.CreateUserAsync();

        var devices = await SignInAsync(
            app, Device.ChromeOnWindows, IosApp, Device.SafariOnIPhone, Device.SafariOnIPhone, IosApp, Device.ChromeOnWindows, IosApp);

        Assert.Equal([false, false, true, true, true, true, true], await StatesAsync(devices));
    }

    [Theory]
    [InlineData("sqlite", 1)]
    [InlineData("sqlite", 2)]
    [InlineData("postgres", 1)]
    [InlineData("postgres", 2)]
    public async Task Sign_ins_at_once_leave_exactly_the_limit_of_their_type_and_no_other_type_is_touched(string provider, int most)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, limits => limits.PerDeviceType[DeviceType.Desktop] = most);
        await app.CreateUserAsync();
        var earlier = await SignInAsync(app, Device.SafariOnIPhone, Device.ChromeOnWindows);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
            app.NewDevice(number % 4 == 0 ? Device.SafariOnIPhone : Device.ChromeOnWindows).SignInAsync()));

        var desktops = (await app.SessionsAsync()).Where(row => row.DeviceType == DeviceType.Desktop)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Select(row => row.Id).ToList();
        var live = (await app.SessionsAsync()).Where(row => row.EndedAt is null).ToLookup(row => row.DeviceType, row => row.Id);
        Assert.Equal(10, desktops.Count);
        Assert.Equal(desktops.Take(most).Order(), live[DeviceType.Desktop].Order());
        Assert.Equal(4, live[DeviceType.Smartphone].Count());
        Assert.Equal(
            desktops.Skip(most).Order(),
            (await app.EventsAsync()).Where(row => row.EndReason == SessionEndReason.LimitReached).Select(row => row.SessionId!.Value).Order());
        Assert.Equal([true, false], await StatesAsync(earlier));
    }

    [Fact]
    public async Task What_a_type_ends_makes_room_in_all()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, limits =>
        {
            limits.Total = 3;
            limits.PerDeviceType[DeviceType.Desktop] = 1;
        });
        await app.CreateUserAsync();

        var devices = await SignInAsync(app, Device.SafariOnIPhone, Device.ChromeOnWindows, Device.SafariOnIPhone, Device.ChromeOnWindows);

        Assert.Equal([true, false, true, true], await StatesAsync(devices));
    }

    [Fact]
    public async Task The_host_chooses_by_the_user()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, limits =>
        {
            limits.Total = 1;
            limits.ForUser = async context =>
            {
                Assert.Equal((1, context.UserId), (context.Limits.Total, context.Principal.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value));
                var users = context.Services.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Microsoft.AspNetCore.Identity.IdentityUser>>();
                var user = await users.FindByIdAsync(context.UserId);
                return user!.Email switch
                {
                    "team@example.com" => new SignInLimits { Total = 2 },
                    "free@example.com" => SignInLimits.None,
                    _ => null,
                };
            };
        });
        foreach (var (name, live) in new[] { ("ada@example.com", 1), ("team@example.com", 2), ("free@example.com", 3) })
        {
            var user = await app.CreateUserAsync(name);
            for (var device = 0; device < 3; device++)
            {
                await app.NewDevice().SignInAsync(name);
            }

            Assert.Equal(live, (await app.SessionsAsync()).Count(row => row.UserId == user.Id && row.EndedAt is null));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_choice_of_the_hosts_that_fails_limits_nobody(bool hangs)
    {
        await using var database = TestDatabase.Sqlite();
        var hanging = 0;
        await using var app = await StartAsync(database, limits =>
        {
            limits.Total = 1;
            limits.ForUser = async context =>
            {
                Interlocked.Increment(ref hanging);
                try
                {
                    await (hangs ? Task.Delay(Timeout.Infinite, context.CancellationToken) : throw new InvalidOperationException("The plans are gone."));
                    return SignInLimits.None;
                }
                finally
                {
                    Interlocked.Decrement(ref hanging);
                }
            };
        });
        await app.CreateUserAsync();

        var devices = new[] { app.NewDevice(), app.NewDevice() };
        foreach (var device in devices)
        {
            var signIn = device.SignInAsync();
            await Eventually.TrueAsync(
                () =>
                {
                    // Only while the host's own choice hangs: what comes before it would find its budget spent.
                    if (Volatile.Read(ref hanging) > 0)
                    {
                        app.Time.Advance(TimeSpan.FromSeconds(1));
                    }

                    return Task.FromResult(signIn.IsCompleted);
                },
                "the sign-in goes on without the host's choice");
            Assert.Equal("Succeeded", await signIn);
        }

        Assert.Equal([true, true], await StatesAsync(devices));
        Assert.Equal(2, (await app.SessionsAsync()).Count(row => row.EndedAt is null));
    }

    [Fact]
    public async Task Adopted_sessions_count_and_the_oldest_of_them_end()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, devices: 3, setup => setup.Options = options =>
        {
            options.TrackingTimeout = TimeSpan.FromMinutes(1);
            options.ConcurrentSignIns.Total = 1;
        });
        await using var running = app;

        foreach (var device in devices)
        {
            await device.IsSignedInAsync();
        }

        Assert.Single(await app.SessionsAsync(), row => row.EndedAt is null);
        Assert.Equal(2, (await app.EventsAsync()).Count(row => row.EndReason == SessionEndReason.LimitReached));
    }

    [Fact]
    public async Task Without_the_pages_that_ask_the_oldest_ends()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, limits => (limits.Total, limits.AtLimit) = (1, SignInLimitAnswer.Ask));
        await app.CreateUserAsync();
        var devices = new[] { app.NewDevice(), app.NewDevice() };

        foreach (var device in devices)
        {
            using var answer = await device.NavigateAsync($"/signin?name=ada@example.com&password={TestApp.Password}", []);
        }

        Assert.Equal([false, true], await StatesAsync(devices));
    }

    [Fact]
    public async Task However_many_are_over_a_limit_that_came_late_one_sign_in_ends_them_all()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, limits => limits.Total = 1);
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();
        await app.CopySessionAsync(500);

        await app.NewDevice().SignInAsync();

        Assert.Single(await app.SessionsAsync(), row => row.EndedAt is null);
        Assert.Equal(501, (await app.EventsAsync()).Count(row => row.EndReason == SessionEndReason.LimitReached));
    }

    [Fact]
    public async Task A_refresh_is_no_sign_in()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, limits => limits.Total = 1);
        await app.CreateUserAsync();
        var (device, _) = (app.NewDevice(), await app.CreateUserAsync("bob@example.com"));
        await device.SignInAsync();

        await device.PostAsync("/refresh");

        Assert.True(await device.IsSignedInAsync());
        Assert.Single(await app.SessionsAsync());
    }

    private static async Task<Device[]> SignInAsync(TestApp app, params string[] userAgents)
    {
        var devices = userAgents.Select(userAgent => app.NewDevice(userAgent)).ToArray();
        foreach (var device in devices)
        {
            Assert.Equal("Succeeded", await device.SignInAsync());
        }

        return devices;
    }

    private static async Task<IEnumerable<bool>> StatesAsync(Device[] devices)
    {
        var states = new List<bool>();
        foreach (var device in devices)
        {
            states.Add(await device.IsSignedInAsync());
        }

        return states;
    }

    private static Task<TestApp> StartAsync(TestDatabase database, Action<ConcurrentSignInOptions> limits) => ConcurrentApp.StartAsync(database, setup => setup.Options = options =>
    {
        options.TrackingTimeout = TimeSpan.FromMinutes(1);
        limits(options.ConcurrentSignIns);
    });
}
