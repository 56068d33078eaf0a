using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>Who was an operator is named on other people's sessions and trails. That goes with them too.</summary>
public sealed class ForgetActorTests
{
    [Theory]
    [MemberData(nameof(Forgotten.EveryWay), MemberType = typeof(Forgotten))]
    public async Task What_an_operator_did_stays_and_names_them_no_more(string provider, string way)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await Forgotten.StartAsync(database, way);
        var (op, other) = (await app.CreateUserAsync("op@example.com"), await app.CreateUserAsync("other@example.com"));
        var ada = await app.CreateUserAsync();
        await app.NewDevice().SignInAsync("op@example.com");
        await EndAsync(app, ada, op);
        await EndAsync(app, ada, other);
        await ViewAsync(app, ada, op);

        await app.ForgetAsync(op, way);

        await app.AssertNothingNamesAsync(op);
        Assert.Equal([null, other.Id], (await app.SessionsAsync()).Where(row => row.UserId == ada.Id).Select(row => row.EndedBy));
        var trail = (await app.EventsAsync()).Where(row => row.UserId == ada.Id).ToList();
        Assert.Equal([null, other.Id], trail.Where(row => row.Kind == SessionEventKind.Revoked).Select(row => row.ActorId));
        var viewed = Assert.Single(trail, row => row.Kind == SessionEventKind.TrailViewed);
        Assert.Null(viewed.WriteKey); // made of their id
        Assert.All(trail.Where(row => row.Kind == SessionEventKind.Revoked), row => Assert.NotNull(row.WriteKey));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_ending_that_they_began_goes_on_without_their_name(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await Forgotten.StartAsync(database, Forgotten.ByHand);
        var op = await app.CreateUserAsync("op@example.com");
        var now = app.Time.GetUtcNow();
        var (waiting, running, stopped) = (Ending(now, op.Id), Ending(now, op.Id), Ending(now, op.Id));
        await WithEndingsAsync(app, async store =>
        {
            foreach (var ending in new[] { waiting, running, stopped, Ending(now, "another") })
            {
                await store.AddEndingAsync(ending, default);
            }

            Assert.True(await store.TakeEndingAsync(running.Id, "node", now, now.AddMinutes(2), default));
            Assert.True(await store.SwitchEndingAsync(stopped.Id, EndingState.Stopped, default));
            return true;
        });

        await app.ForgetAsync(op, Forgotten.ByHand);

        await WithEndingsAsync(app, async store =>
        {
            var endings = await store.ListEndingsAsync(default);
            Assert.Equal(["another", null, null, null], endings.Select(ending => ending.ActorId).OrderDescending());
            Assert.All(endings, ending => Assert.Equal("incident 7", ending.Note));
            Assert.Equal(EndingState.Stopped, endings.Single(ending => ending.Id == stopped.Id).State);

            // The node that worked at it would write the name once more. It finds out that it has it no longer, and takes it up anew.
            Assert.False(await store.WriteEndingAsync(running with { Ended = 1 }, "node", now, now.AddMinutes(2), default));
            Assert.Contains(running.Id, await store.FindWaitingAsync(now, default));

            // So would one that had taken what was stopped in the middle of a part, whose count still goes in.
            Assert.False(await store.WriteEndingAsync(stopped with { Ended = 7 }, "node", now, now.AddMinutes(2), default));
            Assert.Equal((7, null), await store.FindEndingAsync(stopped.Id, default) is { } late ? (late.Ended, late.ActorId) : default);
            return true;
        });
        await app.AssertNothingNamesAsync(op);
    }

    [Fact]
    public async Task An_ending_of_somebodys_own_sessions_goes_with_them()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await Forgotten.StartAsync(database, Forgotten.Deleted);
        var ada = await app.CreateUserAsync();
        await WithEndingsAsync(app, async store =>
        {
            await store.AddEndingAsync(Ending(app.Time.GetUtcNow(), "op") with { Search = new UserSessionSearch { UserId = ada.Id, CountryCode = "ES" } }, default);
            return true;
        });

        await app.ForgetAsync(ada, Forgotten.Deleted);

        Assert.Empty(await WithEndingsAsync(app, store => store.ListEndingsAsync(default)));
    }

    private static SessionEnding Ending(DateTimeOffset at, string actor) => new()
    {
        Id = Guid.CreateVersion7(at),
        Search = new UserSessionSearch { CountryCode = "ES" },
        ActorId = actor,
        Note = "incident 7",
        StartedAt = at,
    };

    private static Task<T> WithEndingsAsync<T>(TestApp app, Func<ISessionAdministrationStore, Task<T>> work) =>
        app.InScopeAsync(services => work(services.GetRequiredService<ISessionAdministrationStore>()));

    private static async Task EndAsync(TestApp app, IdentityUser user, IdentityUser by)
    {
        await app.NewDevice().SignInAsync(user.UserName!);
        await app.WithUsersAsync(users => users.RevokeAllSessionsAsync(user, new SessionRevocation { ActorId = by.Id }));
    }

    private static Task<bool> ViewAsync(TestApp app, IdentityUser user, IdentityUser by) => WithEndingsAsync(app, store => store.RecordViewAsync(
        new SessionEventDescriptor
        {
            Id = Guid.CreateVersion7(),
            Kind = SessionEventKind.TrailViewed,
            UserId = user.Id,
            Origin = new SessionOrigin { IsNamed = false },
            WriteKey = "view:of the operator",
            OccurredAt = app.Time.GetUtcNow(),
        },
        by.Id,
        default));
}
