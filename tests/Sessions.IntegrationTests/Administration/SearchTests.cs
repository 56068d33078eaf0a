using System.Net;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Administration;

/// <summary>What operators find is what a plain look at every row finds, whatever is combined, page by page.</summary>
public sealed class SearchTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly string?[] _networks = [null, null, "203.0.113.7/32", "203.0.113.0/24", "203.0.112.0/23", "2001:db8::/64", "2001:db8::/32", "0.0.0.0/0"];
    private static readonly string?[] _devices = [null, null, null, "firefox", "Firefox 145 on Windows", "ios SAFARI", "linux 145"];

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("sqlite", true)]
    [InlineData("postgres", false)]
    [InlineData("postgres", true)]
    public async Task Events_are_found_by_all_that_was_asked_together_page_by_page(string provider, bool looksAtFew)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, looksAtFew);
        var trail = new RandomTrail(_now);
        await trail.WriteAsync(app, events: 600, sessions: 0);
        var found = 0;

        for (var round = 0; round < 60; round++)
        {
            var search = AnyEvents(trail);
            var expected = trail.Events.Where(row => Fits(row, search)).OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id.ToString()).Select(row => row.Id).ToArray();

            Assert.Equal(expected, await PagesAsync(app, search));
            found += expected.Length;
        }

        Assert.True(found > 500, "the searches find something");
    }

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("sqlite", true)]
    [InlineData("postgres", false)]
    [InlineData("postgres", true)]
    public async Task Sessions_are_found_and_counted_by_all_that_was_asked_together(string provider, bool looksAtFew)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, looksAtFew);
        var trail = new RandomTrail(_now);
        await trail.WriteAsync(app, events: 0, sessions: 300);

        for (var round = 0; round < 40; round++)
        {
            var search = AnySessions(trail);
            var expected = trail.Sessions.Where(row => Fits(row, search)).ToArray();
            var live = expected.Where(IsLive).ToArray();

            Assert.Equal(expected.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id.ToString()).Select(row => row.Id), await PagesAsync(app, search));
            Assert.Equal(
                new SessionCount(live.Length, live.Select(row => row.UserId).Distinct().Count()),
                await ManagedAsync(app, manager => manager.CountSessionsAsync(search)));

            // Before an ending no more are counted than tell something, and not everything is looked through.
            var most = looksAtFew ? 25 : 1_000;
            var among = trail.Sessions.Where(row => Fits(row, new UserSessionSearch { From = search.From, Before = search.Before, IncludeEnded = true }))
                .OrderByDescending(row => row.CreatedAt).Select(row => row.CreatedAt).ToArray();
            var end = looksAtFew && search is { UserId: null, Network: null } && among.Length >= 15 ? among[14] : (DateTimeOffset?)null;
            var counted = live.Count(row => end is null || row.CreatedAt >= end);
            var (some, areMore) = await app.InScopeAsync(services => services.GetRequiredService<SessionAdministration>().CountSomeAsync(search, CancellationToken.None));
            Assert.Equal((Math.Min(most, counted), end is not null || counted >= most), (some.Sessions, areMore));
        }
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_page_that_finds_too_little_says_how_far_it_looked_and_the_next_one_goes_on_there(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, looksAtFew: true);
        await app.InDatabaseAsync(db =>
        {
            // The only one from Iceland is the 25th, and a page looks at 20.
            db.AddRange(Enumerable.Range(1, 30).Select(number => new IdentitySessionEvent<string>
            {
                Id = Guid.CreateVersion7(_now.AddMinutes(-number)),
                Kind = SessionEventKind.SignInFailed,
                OccurredAt = _now.AddMinutes(-number),
                CountryCode = number == 25 ? "IS" : "ES",
            }));
            return db.SaveChangesAsync();
        });
        var rare = new SessionEventSearch { CountryCode = "IS" };

        var first = await ManagedAsync(app, manager => manager.SearchEventsAsync(rare));
        var second = await ManagedAsync(app, manager => manager.SearchEventsAsync(rare, first.NextCursor));
        var common = await ManagedAsync(app, manager => manager.SearchEventsAsync(rare with { CountryCode = "ES" }, pageSize: 5));
        var everything = await ManagedAsync(app, manager => manager.SearchEventsAsync(SessionEventSearch.Everything));

        Assert.Equal((0, _now.AddMinutes(-20)), (first.Events.Count, first.LookedBackTo));
        Assert.Equal((1, null, null), (second.Events.Count, second.LookedBackTo, second.NextCursor));
        Assert.Equal((5, null), (common.Events.Count, common.LookedBackTo));
        Assert.Equal((30, null, null), (everything.Events.Count, everything.LookedBackTo, everything.NextCursor));
    }

    [Fact]
    public async Task Looking_further_back_goes_through_to_the_end_but_for_no_longer_than_a_request_lives()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, looksAtFew: true);
        await new RandomTrail(_now).WriteAsync(app, events: 400, sessions: 0);
        Task<SessionHistoryPage> LookAsync() => app.InScopeAsync(services => services.GetRequiredService<SessionAdministration>()
            .SearchEventsFurtherAsync(new SessionEventSearch { CountryCode = "XX" }, cursor: null, pageSize: 10, default));
        Assert.Null((await LookAsync()).NextCursor);

        app.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(8); // each look at the clock
        var page = await LookAsync();

        Assert.Empty(page.Events);
        Assert.NotNull(page.NextCursor);
        Assert.NotNull(page.LookedBackTo);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Users_are_found_by_name_address_and_id(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var ada = await app.CreateUserAsync("ada@example.com", user => user.UserName = "countess");
        await app.CreateUserAsync("adam@example.com");
        await app.CreateUserAsync("eve@example.com");

        Assert.Equal(["countess", "adam@example.com"], (await FoundAsync("ADA")).Select(user => user.Name).OrderByDescending(name => name));
        Assert.Equal(ada.Id, Assert.Single(await FoundAsync("Countess")).Id);
        Assert.Equal("ada@example.com", Assert.Single(await FoundAsync(ada.Id)).Email);
        Assert.Empty(await FoundAsync("nobody"));
        Assert.Empty(await FoundAsync("%"));
        Assert.Empty(await FoundAsync(" "));

        Task<IReadOnlyList<SessionUser>> FoundAsync(string text) => ManagedAsync(app, manager => manager.FindUsersAsync(text));
    }

    [Fact]
    public async Task Cut_addresses_are_found_and_shown_by_their_network()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Options = options =>
        {
            options.IpAddressMode = IpAddressMode.Truncated;
            options.IpAddressResolver = _ => IPAddress.Parse("203.0.113.7");
        });
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();
        await app.InDatabaseAsync(db =>
        {
            // From before the host chose to cut them.
            db.Add(new IdentitySessionEvent<string> { Id = Guid.NewGuid(), Kind = "Old", OccurredAt = _now.AddDays(-1), IpAddress = "203.0.113.99", IpAddressBytes = IPAddress.Parse("203.0.113.99").MapToIPv6().GetAddressBytes() });
            return db.SaveChangesAsync();
        });

        var page = await ManagedAsync(app, manager => manager.SearchEventsAsync(new SessionEventSearch { Network = IPNetwork.Parse("203.0.113.7/32") }));

        Assert.Equal(["203.0.113.0", "203.0.113.0"], page.Events.Select(row => row.IpAddress));
    }

    private static Task<TestApp> StartAsync(TestDatabase database, bool looksAtFew) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Options = options => options.Administration.Bounds = looksAtFew ? new SearchBounds(Events: 20, OfKind: 11, Named: 7, Sessions: 15, Network: 12, AlongNetwork: 9, Counted: 25) : options.Administration.Bounds;
    });

    internal static Task<T> ManagedAsync<T>(TestApp app, Func<UserSessionManager<IdentityUser>, Task<T>> work) =>
        app.InScopeAsync(services => work(services.GetRequiredService<UserSessionManager<IdentityUser>>()));

    private static Task<List<Guid>> PagesAsync(TestApp app, SessionEventSearch search) => ManagedAsync(app, async manager =>
    {
        var ids = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await manager.SearchEventsAsync(search, cursor, pageSize: 40);
            ids.AddRange(page.Events.Select(row => row.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(ids, await manager.ReadEventsAsync(search).Select(row => row.Id).ToListAsync());
        return ids;
    });

    private static Task<List<Guid>> PagesAsync(TestApp app, UserSessionSearch search) => ManagedAsync(app, async manager =>
    {
        var ids = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await manager.SearchSessionsAsync(search, cursor, pageSize: 40);
            ids.AddRange(page.Sessions.Select(row => row.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return ids;
    });

    private static SessionEventSearch AnyEvents(RandomTrail trail) => new()
    {
        UserId = trail.Chance(0.2) ? trail.Any(RandomTrail.People) : null,
        Identity = trail.Chance(0.2) ? trail.Any(RandomTrail.Identities)?.ToUpperInvariant() : null,
        Network = trail.Any(_networks) is { } network ? IPNetwork.Parse(network) : null,
        CountryCode = trail.Chance(0.2) ? "es" : null,
        Device = trail.Any(_devices),
        Method = trail.Chance(0.2) ? SignInMethod.Passkey : null,
        Kind = trail.Chance(0.3) ? trail.Any(RandomTrail.Kinds) : null,
        FailureReason = trail.Chance(0.1) ? SignInFailureReason.UnknownUser : null,
        Oddity = trail.Chance(0.1) ? SessionOddity.NewDevice : trail.Chance(0.1) ? SessionOddity.ImpossibleTravel : SessionOddity.None,
        From = trail.Chance(0.3) ? _now.AddHours(-30) : null,
        Before = trail.Chance(0.3) ? _now.AddHours(-6) : null,
    };

    private static UserSessionSearch AnySessions(RandomTrail trail) => new()
    {
        UserId = trail.Chance(0.3) ? trail.Any(RandomTrail.People) : null,
        Network = trail.Any(_networks) is { } network ? IPNetwork.Parse(network) : null,
        CountryCode = trail.Chance(0.2) ? "ES" : null,
        Device = trail.Any(_devices),
        Method = trail.Chance(0.2) ? SignInMethod.Passkey : null,
        IncludeEnded = trail.Chance(0.4),
        From = trail.Chance(0.2) ? _now.AddHours(-30) : null,
        Before = trail.Chance(0.2) ? _now.AddHours(-6) : null,
    };

    private static bool Fits(IdentitySessionEvent<string> row, SessionEventSearch search) =>
        (search.UserId is null || row.UserId == search.UserId)
        && (search.Identity is null || string.Equals(row.Identity, search.Identity, StringComparison.OrdinalIgnoreCase))
        && IsIn(row.IpAddress, search.Network)
        && (search.CountryCode is null || row.CountryCode == "ES")
        && IsNamed(row.Browser, row.BrowserVersion, row.OperatingSystem, search.Device)
        && (search.Method is null || row.SignInMethod == search.Method)
        && (search.Kind is null || row.Kind == search.Kind)
        && (search.FailureReason is null || row.FailureReason == search.FailureReason)
        && (search.Oddity != SessionOddity.NewDevice || row.IsNewDevice)
        && (search.Oddity != SessionOddity.ImpossibleTravel || row.IsImpossibleTravel)
        && (search.From is null || row.OccurredAt >= search.From)
        && (search.Before is null || row.OccurredAt < search.Before);

    private static bool Fits(IdentityUserSession<string> row, UserSessionSearch search) =>
        (search.UserId is null || row.UserId == search.UserId)
        && IsIn(row.IpAddress, search.Network)
        && (search.CountryCode is null || row.CountryCode == search.CountryCode)
        && IsNamed(row.Browser, row.BrowserVersion, row.OperatingSystem, search.Device)
        && (search.Method is null || row.SignInMethod == search.Method)
        && (search.IncludeEnded || IsLive(row))
        && (search.From is null || row.CreatedAt >= search.From)
        && (search.Before is null || row.CreatedAt < search.Before);

    private static bool IsLive(IdentityUserSession<string> row) => row.EndedAt is null && row.ExpiresAt > _now;

    private static bool IsIn(string? address, IPNetwork? network) =>
        network is not { } wanted || (address is not null && wanted.Contains(IPAddress.Parse(address)));

    private static bool IsNamed(string? browser, string? version, string? system, string? device) => device is null || device.Split(' ')
        .Where(word => word != "on")
        .All(word => browser?.Contains(word, StringComparison.OrdinalIgnoreCase) == true || system?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
            || version?.StartsWith(word, StringComparison.Ordinal) == true);
}
