using System.Net;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Events = System.Linq.IQueryable<Sessions.Identity.IdentitySessionEvent<string>>;
using Rows = System.Linq.IQueryable<Sessions.Identity.IdentityUserSession<string>>;

namespace Sessions.IntegrationTests.Queries;

/// <summary>Every question is answered by the database: its SQL has the condition, and EF Core would throw rather than answer it itself.</summary>
public sealed class TriageTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly FixedClock _clock = new(_now);

    private static readonly Dictionary<string, (Func<Events, Events> Scope, string Sql, int[] Found)> _eventScopes = new()
    {
        ["sign-ins"] = (events => events.SignIns(), "WHERE a.Kind = @kind", [0, 5]),
        ["failures"] = (events => events.FailedSignIns(), "WHERE a.Kind = @kind", [1]),
        ["sign-outs"] = (events => events.SignOuts(), "WHERE a.Kind = @kind", [2]),
        ["revocations"] = (events => events.Revocations(), "WHERE a.Kind = @kind", [3]),
        ["expirations"] = (events => events.Expirations(), "WHERE a.Kind = @kind", [4]),
        ["new devices"] = (events => events.NewDevices(), "WHERE a.IsNewDevice", [5]),
        ["last 24 hours"] = (events => events.Last24Hours(_clock), "WHERE a.OccurredAt >= @", [0, 1]),
        ["last days"] = (events => events.LastDays(3, _clock), "WHERE a.OccurredAt >= @", [0, 1, 2, 3]),
        ["between"] = (events => events.Between(_now - TimeSpan.FromDays(3), _now - TimeSpan.FromDays(1)), "WHERE a.OccurredAt >= @from AND a.OccurredAt < @to", [2, 3]),
        ["for address"] = (events => events.ForIpAddress(IPAddress.Parse("::ffff:203.0.113.7")), "WHERE a.IpAddressBytes = @", [1]),
        ["for identity"] = (events => events.ForIdentity(" Ada@Example.com "), "WHERE a.Identity = @", [1]),
        ["for user"] = (events => events.ForUser("ada"), "WHERE a.UserId = @", [0]),
        ["by country"] = (events => events.ByCountry("es"), "WHERE a.CountryCode = @", [3]),
        ["by method"] = (events => events.ByMethod(SignInMethod.Password), "WHERE a.SignInMethod = @", [0]),
        ["newest first"] = (events => events.NewestFirst(), "ORDER BY a.OccurredAt DESC, a.Id DESC", [0, 1, 2, 3, 4, 5]),
        ["together"] = (
            events => events.FailedSignIns().Last24Hours(_clock).ForIpAddress(IPAddress.Parse("203.0.113.7")).NewestFirst(),
            "WHERE a.Kind = @kind AND a.OccurredAt >= @since AND a.IpAddressBytes = @bytes", [1]),
    };

    private static readonly Dictionary<string, (Func<Rows, Rows> Scope, string Sql, int[] Found)> _sessionScopes = new()
    {
        ["live"] = (rows => rows.Live(_clock), "WHERE a.EndedAt IS NULL AND (a.ExpiresAt IS NULL OR a.ExpiresAt > @", [0, 1]),
        ["ended"] = (rows => rows.Ended(), "WHERE a.EndedAt IS NOT NULL", [2]),
        ["active"] = (rows => rows.Active(TimeSpan.FromHours(1), _clock), "AND a.LastSeenAt > @", [0]),
        ["inactive"] = (rows => rows.Inactive(TimeSpan.FromHours(1), _clock), "AND a.LastSeenAt <= @", [1]),
        ["by recency"] = (rows => rows.ByRecency(), "ORDER BY a.LastSeenAt DESC, a.Id DESC", [0, 1, 2, 3]),
    };

    public static TheoryData<string, string> EventScopes => Both(_eventScopes.Keys);

    public static TheoryData<string, string> SessionScopes => Both(_sessionScopes.Keys);

    [Theory]
    [MemberData(nameof(EventScopes))]
    public async Task A_question_to_the_trail_is_answered_by_the_database(string provider, string question)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var (scope, sql, expected) = _eventScopes[question];

        var (found, asked) = await app.InDatabaseAsync(async db =>
        {
            db.AddRange(Trail());
            await db.SaveChangesAsync();
            var query = scope(db.Set<IdentitySessionEvent<string>>());
            return (await query.Select(row => row.Id).ToListAsync(), query.ToQueryString());
        });

        Assert.Contains(sql, asked.ReplaceLineEndings(" ").Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        AssertFound(Trail().Select(row => row.Id), expected, found, isOrdered: sql.StartsWith("ORDER", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SessionScopes))]
    public async Task A_question_to_the_registry_is_answered_by_the_database(string provider, string question)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var user = await app.CreateUserAsync();
        var (scope, sql, expected) = _sessionScopes[question];

        var (found, asked) = await app.InDatabaseAsync(async db =>
        {
            db.AddRange(Registry(user.Id));
            await db.SaveChangesAsync();
            var query = scope(db.Set<IdentityUserSession<string>>());
            return (await query.Select(row => row.Id).ToListAsync(), query.ToQueryString());
        });

        Assert.Contains(sql, asked.ReplaceLineEndings(" ").Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        AssertFound(Registry(user.Id).Select(row => row.Id), expected, found, isOrdered: sql.StartsWith("ORDER", StringComparison.Ordinal));
    }

    private static void AssertFound(IEnumerable<Guid> all, int[] expected, IEnumerable<Guid> found, bool isOrdered)
    {
        var ids = all.ToList();
        var numbers = found.Select(id => ids.IndexOf(id));
        Assert.Equal(expected, isOrdered ? numbers : numbers.Order());
    }

    private static TheoryData<string, string> Both(IEnumerable<string> questions)
    {
        var data = new TheoryData<string, string>();
        foreach (var question in questions)
        {
            data.Add("sqlite", question);
            data.Add("postgres", question);
        }

        return data;
    }

    // A day apart each, the newest first.
    private static IdentitySessionEvent<string>[] Trail() =>
    [
        Event(0, SessionEventKind.SignedIn, row => (row.UserId, row.SignInMethod) = ("ada", SignInMethod.Password)),
        Event(1, SessionEventKind.SignInFailed, row =>
            (row.Identity, row.IpAddressBytes) = ("ada@example.com", IPAddress.Parse("203.0.113.7").MapToIPv6().GetAddressBytes())),
        Event(2, SessionEventKind.SignedOut),
        Event(3, SessionEventKind.Revoked, row => row.CountryCode = "ES"),
        Event(4, SessionEventKind.Expired),
        Event(5, SessionEventKind.SignedIn, row => row.IsNewDevice = true),
    ];

    private static IdentityUserSession<string>[] Registry(string userId) =>
    [
        Session(0, userId, TimeSpan.FromMinutes(1), row => row.ExpiresAt = _now + TimeSpan.FromDays(1)),
        Session(1, userId, TimeSpan.FromDays(2)),
        Session(2, userId, TimeSpan.FromDays(3), row => row.EndedAt = _now),
        Session(3, userId, TimeSpan.FromDays(4), row => row.ExpiresAt = _now - TimeSpan.FromDays(1)),
    ];

    private static IdentitySessionEvent<string> Event(int number, string kind, Action<IdentitySessionEvent<string>>? more = null)
    {
        var row = new IdentitySessionEvent<string> { Id = Numbered(number), Kind = kind, OccurredAt = _now - TimeSpan.FromDays(number) };
        more?.Invoke(row);
        return row;
    }

    private static IdentityUserSession<string> Session(int number, string userId, TimeSpan seen, Action<IdentityUserSession<string>>? more = null)
    {
        var row = new IdentityUserSession<string>
        {
            Id = Numbered(number),
            UserId = userId,
            KeyDigest = $"{number}",
            Scheme = "scheme",
            CreatedAt = _now - TimeSpan.FromDays(9),
            LastSeenAt = _now - seen,
        };
        more?.Invoke(row);
        return row;
    }

    private static Guid Numbered(int number) => new(number + 1, 0, 0, new byte[8]);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
