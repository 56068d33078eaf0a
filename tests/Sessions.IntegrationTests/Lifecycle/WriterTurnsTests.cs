using Microsoft.Extensions.Time.Testing;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>Long work lets others write on SQLite.</summary>
public sealed class WriterTurnsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task On_SQLite_work_rests_once_it_has_taken_so_long_and_then_goes_on_for_as_long()
    {
        var turns = await BeginAsync(TestDatabase.Sqlite());
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.True(turns.NextAsync(default).IsCompletedSuccessfully);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var rest = turns.NextAsync(default);
        _clock.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(rest.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await rest.WaitAsync(Eventually.Patience);

        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.True(turns.NextAsync(default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_is_in_nobodys_way_is_done_in_a_rest_and_the_rest_lasts_as_long_as_that_does()
    {
        var turns = await BeginAsync(TestDatabase.Sqlite());
        var (times, done) = (0, new TaskCompletionSource());
        Task Meanwhile(CancellationToken cancellationToken)
        {
            times++;
            return done.Task;
        }

        await turns.NextAsync(default, Meanwhile);
        Assert.Equal(0, times);
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        var rest = turns.NextAsync(default, Meanwhile);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, false), (times, rest.IsCompleted));

        done.SetResult();
        await rest.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task A_rest_ends_when_the_app_stops()
    {
        var turns = await BeginAsync(TestDatabase.Sqlite());
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var stopping = new CancellationTokenSource();

        var rest = turns.NextAsync(stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rest.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Where_many_write_at_once_it_never_rests()
    {
        var turns = await BeginAsync(await TestDatabase.PostgresAsync());

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(turns.NextAsync(default).IsCompletedSuccessfully);
    }

    private async Task<WriterTurns> BeginAsync(TestDatabase database)
    {
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var turns = new WriterTurns(_clock);
        await app.InDatabaseAsync(async db =>
        {
            await turns.NextAsync(db.Database, default);
            return true;
        });
        await database.DisposeAsync();
        return turns;
    }
}
