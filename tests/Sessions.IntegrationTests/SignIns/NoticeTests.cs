using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>What the registry keeps of a "this wasn't me" link, on every database.</summary>
public sealed class NoticeTests
{
    private static readonly string _key = new('a', 64);

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_session_gets_one_key_and_only_its_owners(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var (ada, bob) = (await app.CreateUserAsync(), await app.CreateUserAsync("bob@example.com"));
        await app.NewDevice().SignInAsync();
        var session = Assert.Single(await app.SessionsAsync());

        Assert.False(await AskAsync(app, store => store.SetNoticeAsync(bob.Id, session.Id, _key, CancellationToken.None)));
        Assert.True(await AskAsync(app, store => store.SetNoticeAsync(ada.Id, session.Id, _key, CancellationToken.None)));
        Assert.True(await AskAsync(app, store => store.SetNoticeAsync(ada.Id, session.Id, _key, CancellationToken.None))); // a mail that is tried again
        Assert.False(await AskAsync(app, store => store.SetNoticeAsync(ada.Id, session.Id, new string('b', 64), CancellationToken.None)));
        Assert.Equal(session.Id, (await AskAsync(app, store => store.FindNoticeAsync(_key, CancellationToken.None)))?.Id);
        Assert.Null(await AskAsync(app, store => store.FindNoticeAsync(new string('b', 64), CancellationToken.None)));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_parallel_answers_one_counts(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var ada = await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();
        var session = Assert.Single(await app.SessionsAsync());
        await AskAsync(app, store => store.SetNoticeAsync(ada.Id, session.Id, _key, CancellationToken.None));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            AskAsync(app, store => store.AnswerNoticeAsync(_key, End(app), CancellationToken.None)))));

        Assert.Single(answers, events => events.Count == 1);
        Assert.Equal(7, answers.Count(events => events.Count == 0));
        Assert.Single(await app.EventsAsync(), row => row.EndReason == SessionEndReason.ReportedByUser);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_sign_in_of_that_device_in_the_middle_of_the_report_is_over_or_comes_after_it(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var ada = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var first = Assert.Single(await app.SessionsAsync());
        await device.SignInAsync();
        await AskAsync(app, store => store.SetNoticeAsync(ada.Id, first.Id, _key, CancellationToken.None));

        var signIns = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => device.Copy()).ToList().Select(copy => copy.SignInAsync()));
        var report = AskAsync(app, store => store.AnswerNoticeAsync(_key, End(app), CancellationToken.None));
        await signIns;
        var ended = await report;

        // None that the report saw is left behind, and each end has its one event.
        var rows = await app.SessionsAsync();
        Assert.NotEmpty(ended);
        Assert.All(ended, info => Assert.Contains(rows, row => row.Id == info.SessionId && row.EndedAt is not null));
        Assert.InRange(rows.Count(row => row.EndedAt is null), 0, 4);
        Assert.Equal(ended.Count, (await app.EventsAsync()).Count(row => row.EndReason == SessionEndReason.ReportedByUser));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_end_and_its_event_are_written_both_or_neither(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var ada = await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();
        var session = Assert.Single(await app.SessionsAsync());
        await AskAsync(app, store => store.SetNoticeAsync(ada.Id, session.Id, _key, CancellationToken.None));
        await app.InDatabaseAsync(async db => await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"AspNetSessionEvents\" RENAME TO \"Away\""));

        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(app, store => store.AnswerNoticeAsync(_key, End(app), CancellationToken.None)));

        var row = Assert.Single(await app.SessionsAsync());
        Assert.Equal((null, null), (row.EndedAt, row.NoticeAnsweredAt));
    }

    private static SessionEnd End(TestApp app) => new() { Reason = SessionEndReason.ReportedByUser, At = app.Time.GetUtcNow() };

    private static Task<T> AskAsync<T>(TestApp app, Func<IUserSessionStore, Task<T>> ask) =>
        app.InScopeAsync(services => ask(services.GetRequiredService<IUserSessionStore>()));
}
