using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>The whole way for one type of key; <typeparamref name="TEventKey"/> is the same type with a NULL.</summary>
public abstract class KeyTypeTests<TKey, TEventKey>
    where TKey : IEquatable<TKey>
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Signing_in_failing_revoking_and_signing_out_work(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var user = await app.CreateUserAsync();

        await app.SignInFailRevokeAndSignOutAsync();

        var sessions = await app.RowsAsync<KeyedDb<TKey>, IdentityUserSession<TKey>>();
        Assert.All(sessions, session => Assert.Equal(user.Id, session.UserId));
        Assert.Equal([SessionEndReason.RevokedEverywhereElse, SessionEndReason.SignedOut], sessions.Select(session => session.EndReason).Order());
        var events = await app.RowsAsync<KeyedDb<TKey>, IdentitySessionEvent<TEventKey>>();
        Assert.Equal(5, events.Count);
        Assert.All(events.Where(row => row.Kind != SessionEventKind.SignInFailed), row => Assert.Equal<object>(user.Id, row.UserId));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_browser_that_comes_back_is_known_and_takes_the_place_of_its_older_session(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var (laptop, phone) = (app.NewDevice(), app.NewDevice());
        await laptop.SignInAsync();
        await phone.SignInAsync();
        await phone.SignInAsync();
        await laptop.PostAsync("/revoke-others");

        await phone.SignInAsync();

        var events = await app.RowsAsync<KeyedDb<TKey>, IdentitySessionEvent<TEventKey>>();
        var signIns = events.Where(row => row.Kind == SessionEventKind.SignedIn).OrderBy(row => row.OccurredAt).ThenBy(row => row.Id);
        Assert.Equal([false, true, false, true], signIns.Select(row => row.IsNewDevice));
        var sessions = await app.RowsAsync<KeyedDb<TKey>, IdentityUserSession<TKey>>();
        Assert.Single(sessions, row => row.EndReason == SessionEndReason.Superseded);
        Assert.Equal(2, sessions.Count(row => row.EndedAt is null));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_user_of_a_failure_is_a_real_null(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);

        await app.NewDevice().SignInAsync("nobody@example.com", "wrong");

        var nulls = await app.InScopeAsync(services => services.GetRequiredService<KeyedDb<TKey>>().Database
            .SqlQueryRaw<int>("""SELECT COUNT(*) AS "Value" FROM "AspNetSessionEvents" WHERE "UserId" IS NULL""").SingleAsync());
        Assert.Equal(1, nulls);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Removing_the_user_removes_their_sessions_and_leaves_their_trail(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        await app.InScopeAsync(services => services.GetRequiredService<KeyedDb<TKey>>().Users.ExecuteDeleteAsync());

        Assert.Empty(await app.RowsAsync<KeyedDb<TKey>, IdentityUserSession<TKey>>());
        Assert.Single(await app.RowsAsync<KeyedDb<TKey>, IdentitySessionEvent<TEventKey>>());
    }

    private static Task<HostApp<IdentityUser<TKey>>> StartAsync(TestDatabase database) => HostApp<IdentityUser<TKey>>.StartAsync(
        builder =>
        {
            builder.Services.AddDbContext<KeyedDb<TKey>>(database.Use);
            builder.Services.AddIdentity<IdentityUser<TKey>, IdentityRole<TKey>>().AddEntityFrameworkStores<KeyedDb<TKey>>().AddSessions();
        },
        typeof(KeyedDb<TKey>));
}

public sealed class StringKeyTests : KeyTypeTests<string, string>;

public sealed class GuidKeyTests : KeyTypeTests<Guid, Guid?>;

public sealed class IntKeyTests : KeyTypeTests<int, int?>;

public sealed class LongKeyTests : KeyTypeTests<long, long?>;
