using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Queries;

/// <summary>What a person's own pages ask of their trail.</summary>
public sealed class OwnHistoryTests
{
    private const string Ada = "ada@example.com";

    public static TheoryData<string, string, string[]> Parts => new MatrixRows(
        ("show=All", ["newer", "revoked", "far", "expired", "out", "fail 2", "fail 1", "in"]),
        ("show=SignIns", ["far", "in"]),
        ("show=Failed", ["fail 2", "fail 1"]),
        ("show=Security", ["newer", "revoked", "far"]),
        ("show=All&from=2026-03-03&before=2026-03-05", ["expired", "out"]),
        ("show=Failed&from=2026-03-02T12:00:00Z", ["fail 2"]));

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_part_of_the_trail_is_read_page_by_page_without_a_gap_or_a_repeat(string provider, string query, string[] expected)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var device = await SignedInWithPastAsync(app);

        var read = new List<string>();
        string? cursor = null;
        do
        {
            var page = await device.GetJsonAsync<PageOfNames>($"/part?{query}&size=2&cursor={cursor}");
            Assert.True(page.Names.Length <= 2);
            read.AddRange(page.Names);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(expected, read.Where(name => name.Length > 0));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_download_reads_the_part_to_its_end(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var device = await SignedInWithPastAsync(app, failures: 450);

        Assert.Equal(452, (await device.GetJsonAsync<string[]>("/whole?show=Failed")).Length);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Sign_ins_and_failures_are_counted_by_day_of_UTC(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var device = await SignedInWithPastAsync(app);

        var days = await device.GetJsonAsync<SignInDay[]>("/days?days=10");

        Assert.Equal(Enumerable.Range(1, 10).Select(day => new DateOnly(2026, 3, day)), days.Select(day => day.Day));
        Assert.Equal(["2026-03-01 1 0", "2026-03-02 0 2", "2026-03-05 1 0", "2026-03-10 1 0"], days.Where(day => day.SignIns + day.Failures > 0).Select(day => $"{day.Day:yyyy-MM-dd} {day.SignIns} {day.Failures}"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_a_flood_of_failures_the_newest_are_counted(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var device = await SignedInWithPastAsync(app, failures: 10_050);

        var days = await device.GetJsonAsync<SignInDay[]>("/days?days=10");

        Assert.Equal((3, 10_000), (days.Sum(day => day.SignIns), days.Sum(day => day.Failures)));
    }

    [Theory]
    [InlineData("sqlite", 20, 2)]
    [InlineData("sqlite", 1_000, 0)]
    [InlineData("postgres", 20, 2)]
    [InlineData("postgres", 1_000, 0)]
    public async Task Failures_from_before_the_first_sign_in_are_looked_for_behind_so_many_of_somebody_else(string provider, int others, int found)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        await app.InDatabaseAsync(db =>
        {
            db.AddRange(Event(null, SessionEventKind.SignInFailed, "first", day: 5), Event(null, SessionEventKind.SignInFailed, "second", day: 5.1));
            db.AddRange(Enumerable.Range(0, others).Select(number => Event(null, SessionEventKind.SignInFailed, "unknown", day: 6 + (number / 1000.0), reason: SignInFailureReason.UnknownUser)));
            return db.SaveChangesAsync();
        });
        var device = app.NewDevice();
        await device.SignInAsync(password: "wrong");
        await device.SignInAsync();

        var page = await device.GetJsonAsync<PageOfNames>("/part?show=Failed&size=1");
        List<string> read = [];
        while (page.Next is not null)
        {
            page = await device.GetJsonAsync<PageOfNames>($"/part?show=Failed&size=1&cursor={page.Next}");
            read.AddRange(page.Names);
        }

        Assert.Equal(found == 0 ? [] : ["second", "first"], read);
        Assert.Equal(found + 1, (await device.GetJsonAsync<SignInDay[]>("/days?days=10")).Sum(day => day.Failures));
        Assert.Equal(found + 1, (await app.WithUsersAsync(async users => await users.GetSessionsPersonalDataAsync((await users.FindByNameAsync(Ada))!))).LoginHistory.Count(row => row["Kind"] == SessionEventKind.SignInFailed));
    }

    [Fact]
    public async Task Nobody_elses_events_are_in_any_part()
    {
        await using var app = await StartAsync(TestDatabase.Sqlite());
        await SignedInWithPastAsync(app);
        await app.CreateUserAsync("bob@example.com");
        var bob = app.NewDevice();
        await bob.SignInAsync("bob@example.com");

        Assert.Equal(["SignedIn"], (await bob.GetJsonAsync<PageOfNames>("/part?show=All&size=50")).Kinds);
        Assert.Empty((await bob.GetJsonAsync<PageOfNames>("/part?show=Failed&size=50")).Kinds);
        Assert.Single(await bob.GetJsonAsync<string[]>("/whole?show=All"));
        Assert.Equal(1, (await bob.GetJsonAsync<SignInDay[]>("/days?days=30")).Sum(day => day.SignIns + day.Failures));
    }

    [Fact]
    public async Task Who_is_not_signed_in_has_no_trail()
    {
        await using var app = await StartAsync(TestDatabase.Sqlite());
        var nobody = app.NewDevice();

        Assert.Empty((await nobody.GetJsonAsync<PageOfNames>("/part?show=All&size=50")).Kinds);
        Assert.Empty(await nobody.GetJsonAsync<string[]>("/whole?show=All"));
        Assert.Empty(await nobody.GetJsonAsync<SignInDay[]>("/days?days=30"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_live_session_tells_what_was_noticed_at_its_sign_in(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        await app.NewDevice(Device.SafariOnIPhone).SignInAsync();
        app.Time.Advance(TimeSpan.FromHours(1));
        var second = app.NewDevice();
        await second.SignInAsync();

        var sessions = await second.GetJsonAsync<UserSessionInfo[]>("/mine");

        Assert.Equal([true, false], sessions.Select(session => session.IsNewDevice)); // the very first is no news
        Assert.True((await second.GetJsonAsync<UserSessionInfo>($"/mine/{sessions[0].Id}")).IsNewDevice);
    }

    private static Task<TestApp> StartAsync(TestDatabase database) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Time = new TestClock(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        setup.ConfigureEndpoints = endpoints =>
        {
            endpoints.MapGet("/part", async (ICurrentUserSessions own, SessionEventGroup show, DateTimeOffset? from, DateTimeOffset? before, string? cursor, int size) =>
            {
                var page = await own.FilterHistoryAsync(new SessionHistoryFilter { Group = show, From = from, Before = before }, cursor, size);
                return new PageOfNames([.. page.Events.Select(row => row.SignInDetail ?? string.Empty)], [.. page.Events.Select(row => row.Kind)], page.NextCursor);
            });
            endpoints.MapGet("/whole", (ICurrentUserSessions own, SessionEventGroup show) => own.ReadHistoryAsync(new SessionHistoryFilter { Group = show }).Select(row => row.Kind));
            endpoints.MapGet("/days", (ICurrentUserSessions own, int days) => own.GetSignInDaysAsync(days));
            endpoints.MapGet("/mine", (ICurrentUserSessions own) => own.ListAsync());
            endpoints.MapGet("/mine/{id}", (ICurrentUserSessions own, Guid id) => own.FindAsync(id));
        };
    });

    // The past of a person, each event by a name in its detail, and the sign-in that asks.
    private static async Task<Device> SignedInWithPastAsync(TestApp app, int failures = 0)
    {
        var user = await app.CreateUserAsync();
        await app.InDatabaseAsync(db =>
        {
            db.AddRange(
                Event(user.Id, SessionEventKind.SignedIn, "in", day: 1),
                Event(null, SessionEventKind.SignInFailed, "fail 1", day: 2),
                Event(null, SessionEventKind.SignInFailed, "fail 2", day: 2.99),
                Event(user.Id, SessionEventKind.SignedOut, "out", day: 3),
                Event(user.Id, SessionEventKind.Expired, "expired", day: 4),
                Event(user.Id, SessionEventKind.SignedIn, "far", day: 5, isFar: true),
                Event(user.Id, SessionEventKind.Revoked, "revoked", day: 6),
                Event(user.Id, "SomethingNewer", "newer", day: 7));
            db.AddRange(Enumerable.Range(0, failures).Select(number => Event(null, SessionEventKind.SignInFailed, "many", day: 8 + (number / 10_000.0))));
            return db.SaveChangesAsync();
        });
        var device = app.NewDevice();
        await device.SignInAsync();
        return device;
    }

    private static IdentitySessionEvent<string> Event(string? userId, string kind, string name, double day, bool isFar = false, string reason = SignInFailureReason.WrongPassword)
    {
        var at = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day - 1);
        return new IdentitySessionEvent<string>
        {
            Id = Guid.CreateVersion7(at),
            UserId = userId,
            Kind = kind,
            OccurredAt = at,
            MethodDetail = $$"""{"detail":"{{name}}"}""",
            Identity = userId is null ? Ada : null,
            FailureReason = userId is null ? reason : null,
            IsImpossibleTravel = isFar,
        };
    }

    private sealed record PageOfNames(string[] Names, string[] Kinds, string? Next);

    private sealed class MatrixRows : TheoryData<string, string, string[]>
    {
        public MatrixRows(params (string Query, string[] Expected)[] rows)
        {
            foreach (var (query, expected) in rows)
            {
                Add("sqlite", query, expected);
                Add("postgres", query, expected);
            }
        }
    }
}

/// <summary>Reads what an endpoint of the test answers.</summary>
internal static class DeviceJson
{
    public static async Task<T> GetJsonAsync<T>(this Device device, string path)
    {
        using var answer = await device.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }
}
