using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.IntegrationTests.Lifecycle;

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

    [Theory]
    [InlineData("sqlite", Forgotten.ByHand)]
    [InlineData("sqlite", Forgotten.Deleted)]
    [InlineData("sqlite", Forgotten.Unlinked)]
    [InlineData("sqlite", Forgotten.Swept)]
    [InlineData("postgres", Forgotten.ByHand)]
    [InlineData("postgres", Forgotten.Deleted)]
    [InlineData("postgres", Forgotten.Unlinked)]
    [InlineData("postgres", Forgotten.Swept)]
    public async Task Who_is_forgotten_is_named_nowhere(string provider, string way)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, way == Forgotten.Unlinked ? DeletedUserMode.KeepUnlinked : DeletedUserMode.Erase);
        var (ada, bob) = (await app.CreateUserAsync(), await app.CreateUserAsync("bob@example.com"));
        await app.NewDevice().SignInAsync(password: "wrong");
        await app.NewDevice().SignInAsync();
        await app.NewDevice().SignInAsync("bob@example.com");
        var actor = UserKeyText(ada.Id);
        await app.InScopeAsync(services => services.GetRequiredService<UserManager<IdentityUser<TKey>>>().RevokeAllSessionsAsync(bob, new SessionRevocation { ActorId = actor }));

        await ForgetAsync(app, ada, way);

        var sessions = await app.RowsAsync<KeyedDb<TKey>, IdentityUserSession<TKey>>();
        Assert.Equal([(bob.Id, null)], sessions.Select(row => (row.UserId, row.EndedBy)));
        var events = await app.RowsAsync<KeyedDb<TKey>, IdentitySessionEvent<TEventKey>>();
        Assert.DoesNotContain(events, row => Equals(row.UserId, ada.Id) || row.ActorId is not null || row.Identity is not null);
        Assert.Equal(2, events.Count(row => Equals(row.UserId, bob.Id)));
        Assert.Equal(way is Forgotten.ByHand or Forgotten.Unlinked ? 4 : 3, events.Count); // a line that judges, or one that is nobody's
    }

    private static Task<bool> ForgetAsync(HostApp<IdentityUser<TKey>> app, IdentityUser<TKey> user, string way) => app.InScopeAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<IdentityUser<TKey>>>();
        if (way == Forgotten.ByHand)
        {
            await users.ForgetSessionsAsync(user);
        }
        else if (way != Forgotten.Swept)
        {
            await users.DeleteAsync((await users.FindByIdAsync(UserKeyText(user.Id)))!);
        }
        else
        {
            // Behind the app's back, and so long ago that the sweep sees it.
            var db = services.GetRequiredService<KeyedDb<TKey>>();
            await db.Users.Where(row => row.Id.Equals(user.Id)).ExecuteDeleteAsync();
            await db.Set<IdentitySessionEvent<TEventKey>>().ExecuteUpdateAsync(row => row.SetProperty(stored => stored.OccurredAt, DateTimeOffset.UtcNow.AddHours(-1)));
            Assert.Equal(1, (await services.GetRequiredService<UserSessionSweeper>().SweepAsync())!.ForgottenUserCount);
        }

        return true;
    });

    private static string UserKeyText(TKey key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;

    private static Task<HostApp<IdentityUser<TKey>>> StartAsync(TestDatabase database, DeletedUserMode mode = DeletedUserMode.Erase) => HostApp<IdentityUser<TKey>>.StartAsync(
        builder =>
        {
            builder.Services.AddDbContext<KeyedDb<TKey>>(database.Use);
            builder.Services.AddIdentity<IdentityUser<TKey>, IdentityRole<TKey>>().AddEntityFrameworkStores<KeyedDb<TKey>>().AddSessions(options => (options.SweepInterval, options.OnUserDeleted) = (null, mode));
        },
        typeof(KeyedDb<TKey>));
}

public sealed class StringKeyTests : KeyTypeTests<string, string>;

public sealed class GuidKeyTests : KeyTypeTests<Guid, Guid?>;

public sealed class IntKeyTests : KeyTypeTests<int, int?>;

public sealed class LongKeyTests : KeyTypeTests<long, long?>;
