using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>However much is kept of a person: it goes in parts that hold no lock for long, and what is cut off is taken up again.</summary>
public sealed class ForgetRangesTests
{
    private const int MostAtOnce = 20_000;

    [Theory]
    [MemberData(nameof(Forgotten.EveryWay), MemberType = typeof(Forgotten))]
    public async Task A_long_trail_goes_part_by_part(string provider, string way)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var writes = new TrailWrites();
        await using var app = await Forgotten.StartAsync(database, way, writes);
        var ada = await app.CreateUserAsync();
        var count = Many(provider);
        await app.AddEventsAsync(count, SessionEventKind.SignedIn, userId: ada.Id);

        await app.ForgetAsync(ada, way);

        AssertParts(writes, count);
        await app.AssertNothingNamesAsync(ada);
    }

    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("postgres", true)]
    [InlineData("postgres", false)]
    public async Task What_others_keep_that_names_the_person_goes_part_by_part(string provider, bool isOperator)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var writes = new TrailWrites();
        await using var app = await Forgotten.StartAsync(database, Forgotten.ByHand, writes);
        var (ada, bob) = (await app.CreateUserAsync(), await app.CreateUserAsync("bob@example.com"));
        var count = Many(provider);
        await (isOperator
            ? app.AddEventsAsync(count, SessionEventKind.Revoked, userId: bob.Id, actorId: ada.Id)
            : app.AddEventsAsync(count, SessionEventKind.SignInFailed, identity: "ada@example.com"));

        await app.ForgetAsync(ada, Forgotten.ByHand);

        AssertParts(writes, count);
        Assert.Equal(count + 1, (await app.EventsAsync()).Count);
        await app.AssertNothingNamesAsync(ada);
    }

    [Fact]
    public async Task A_turn_after_a_deletion_ends_by_itself_and_the_next_one_goes_on()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await Forgotten.StartAsync(database, Forgotten.Swept);
        var ada = await app.CreateUserAsync();
        var count = Many("sqlite");
        await app.AddEventsAsync(count, SessionEventKind.SignedIn, userId: ada.Id);
        await app.DeleteBySqlAsync(ada);
        var person = DeletedUser.Of(ada.Id, ada.UserName, ada.Email, emailConfirmed: true, phone: null, phoneConfirmed: false);

        var turns = 1;
        while (!await app.InScopeAsync(services => services.GetRequiredService<IUserSessionMaintenance>().ForgetDeletedAsync(person, TimeSpan.Zero, default)))
        {
            var left = (await app.EventsAsync()).Count;
            Assert.True(left < count, $"{left} events left after turn {turns}");
            (count, turns) = (left, turns + 1);
        }

        Assert.True(turns > 1, "one turn");
        await app.AssertNothingNamesAsync(ada);
    }

    [Theory]
    [InlineData(Forgotten.Swept)]
    [InlineData(Forgotten.SweptUnlinked)]
    public async Task The_sweep_tells_of_each_part_so_that_its_lease_is_kept_and_counts_the_person_once(string way)
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await Forgotten.StartAsync(database, way);
        var ada = await app.CreateUserAsync();
        await app.AddEventsAsync(Many("sqlite"), SessionEventKind.SignedIn, userId: ada.Id);
        await app.DeleteBySqlAsync(ada);

        var told = await app.InScopeAsync(async services =>
        {
            var counts = new List<int>();
            await foreach (var people in services.GetRequiredService<IUserSessionMaintenance>().ForgetVanishedAsync(app.Time.GetUtcNow(), default))
            {
                counts.Add(people);
            }

            return counts;
        });

        Assert.True(told.Count > 1, "One part only.");
        Assert.Equal(1, told[^1]);
        Assert.All(told[..^1], people => Assert.Equal(0, people));
    }

    [Theory]
    [InlineData("sqlite", Forgotten.Swept)]
    [InlineData("sqlite", Forgotten.SweptUnlinked)]
    [InlineData("postgres", Forgotten.Swept)]
    [InlineData("postgres", Forgotten.SweptUnlinked)]
    public async Task Wherever_a_sweep_is_cut_off_the_next_one_leaves_nothing_of_the_person(string provider, string way)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var writes = new TrailWrites();
        await using var app = await Forgotten.StartAsync(database, way, writes);
        var statement = 0;
        do
        {
            var ada = await PersonAsync(app, statement);
            await app.DeleteBySqlAsync(ada);

            writes.FailAfter(statement++);
            await Record.ExceptionAsync(app.SweepAsync);
            writes.FailNoMore();
            app.Time.Advance(TimeSpan.FromMinutes(6)); // where the lease could not be given back
            await app.SweepAsync();

            await app.AssertNothingNamesAsync(ada);
        }
        while (writes.HasFailed);

        Assert.True(statement > 10, $"{statement} statements.");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Wherever_forgetting_fails_everything_is_as_before_or_everybody_is_signed_out_and_a_second_call_ends_it(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var writes = new TrailWrites();
        await using var app = await Forgotten.StartAsync(database, Forgotten.ByHand, writes);
        var (statement, untouched) = (0, 0);
        do
        {
            var ada = await PersonAsync(app, statement);
            var device = app.NewDevice();
            await device.SignInAsync(ada.UserName!);
            var before = (await app.EventsAsync()).Count(row => row.UserId == ada.Id);

            writes.FailAfter(statement++);
            var fault = await Record.ExceptionAsync(() => app.ForgetAsync(ada, Forgotten.ByHand));
            writes.FailNoMore();

            Assert.Equal(writes.HasFailed, fault is SessionsUnavailableException);
            if (await device.IsSignedInAsync())
            {
                untouched++;
                Assert.Equal(before, (await app.EventsAsync()).Count(row => row.UserId == ada.Id));
            }

            await app.ForgetAsync(ada, Forgotten.ByHand);
            Assert.False(await device.IsSignedInAsync());
            await app.AssertNothingNamesAsync(ada);
        }
        while (writes.HasFailed);

        Assert.True(statement > 8, $"{statement} statements.");
        Assert.Equal(2, untouched); // the statements of the one transaction that signs everybody out
    }

    // More than one part on SQLite, with everything about that may name a person.
    private static async Task<IdentityUser> PersonAsync(TestApp app, int number)
    {
        var ada = await app.CreateUserAsync($"ada{number}@example.com");
        var bob = await app.CreateUserAsync($"bob{number}@example.com");
        await app.NewDevice().SignInAsync(ada.UserName!, "wrong");
        await app.NewDevice().SignInAsync(ada.UserName!);
        await app.NewDevice().SignInAsync(bob.UserName!);
        await app.WithUsersAsync(users => users.RevokeAllSessionsAsync(bob, new SessionRevocation { ActorId = ada.Id }));
        await app.RevokeAllAsync(ada.UserName!);
        await app.AddEventsAsync(2_500, SessionEventKind.SignedOut, userId: ada.Id);
        return ada;
    }

    // More than one range, as large as it may grow on SQLite in the meantime.
    private static int Many(string provider) => provider == "sqlite" ? 9_000 : 25_000;

    private static void AssertParts(TrailWrites writes, int count)
    {
        var parts = writes.Done.Where(write => write.Sql.Contains("AspNetSessionEvents", StringComparison.Ordinal) && write.Rows > 1).ToList();
        Assert.Equal(count, parts.Sum(part => part.Rows));
        Assert.True(parts.Count > 1, "In one part.");
        Assert.All(parts, part => Assert.True(part.Rows <= MostAtOnce && !part.IsInTransaction, part.Sql));
    }
}
