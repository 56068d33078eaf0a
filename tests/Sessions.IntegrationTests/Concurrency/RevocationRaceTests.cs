using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Concurrency;

/// <summary>Revoking everything while everything else goes on: whoever wins, the registry, the trail and the cookies agree.</summary>
public sealed class RevocationRaceTests
{
    private const int Rounds = 12;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task No_live_cookie_stays_on_an_ended_row_none_is_revived_and_none_ends_without_its_event(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await ConcurrentApp.StartAsync(database);
        await app.CreateUserAsync();
        var everybody = new List<Device>();
        var random = new Random(20261124);

        for (var round = 0; round < Rounds; round++)
        {
            var signedIn = Enumerable.Range(0, 3).Select(_ => app.NewDevice()).ToArray();
            await Task.WhenAll(signedIn.Select(device => device.SignInAsync()));
            everybody.AddRange(signedIn);
            var late = app.NewDevice();
            everybody.Add(late);

            // Past the touch's interval, and in some rounds into the half of the ticket's life in which it slides.
            app.Time.Advance(round % 3 == 0 ? TimeSpan.FromDays(8) : TimeSpan.FromMinutes(6));
            await TogetherAsync(
                random,
                () => app.RevokeAllAsync(),
                () => late.SignInAsync(),
                () => signedIn[0].IsSignedInAsync(),
                () => signedIn[1].SendAsync(HttpMethod.Post, "/refresh"),
                () => signedIn[2].SendAsync(HttpMethod.Post, "/signout"),
                () => signedIn[0].IsSignedInAsync());
        }

        await AssertAgreementAsync(app, everybody);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_ticket_from_before_the_install_never_slips_through_between_adoption_and_revocation(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, Rounds);
        await using var running = app;
        var random = new Random(20261125);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        await TogetherAsync(
            random,
            [() => app.RevokeAllAsync(), .. devices.Select(device => (Func<Task>)(() => device.IsSignedInAsync()))]);

        foreach (var device in devices)
        {
            Assert.False(await device.IsSignedInAsync());
        }

        Assert.All(await app.SessionsAsync(), session => Assert.NotNull(session.EndedAt));
        await AssertAgreementAsync(app, devices);
    }

    private static async Task TogetherAsync(Random random, params Func<Task>[] work)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        random.Shuffle(work);
        var running = work.Select(async one =>
        {
            await gate.Task;
            for (var yields = random.Next(4); yields > 0; yields--)
            {
                await Task.Yield();
            }

            await one();
        }).ToArray();
        gate.SetResult();
        await Task.WhenAll(running).WaitAsync(Eventually.Patience);
    }

    private static async Task AssertAgreementAsync(TestApp app, IEnumerable<Device> devices)
    {
        var live = 0;
        foreach (var device in devices)
        {
            live += await device.IsSignedInAsync() ? 1 : 0;
        }

        var sessions = await app.SessionsAsync();
        Assert.Equal(sessions.Count(session => session.EndedAt is null), live);

        // One that was superseded has no event, and one that was adopted as ended has that of the decision about all.
        var ended = sessions.Where(session => session is { EndedAt: not null, EndReason: not SessionEndReason.Superseded, EndMetadata: not null });
        var ends = (await app.EventsAsync()).Where(row => row.SessionId is not null && row.Kind != SessionEventKind.SignedIn).ToList();
        Assert.Equal(ended.Select(session => session.Id).Order(), ends.Select(row => row.SessionId!.Value).Order());
    }
}
