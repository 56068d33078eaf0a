using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>The steps of a sign-in hand a context on, and never one that somebody still uses.</summary>
public sealed class SpareLeaseTests
{
    private readonly List<PlainDb> _made = [];

    [Fact]
    public async Task A_step_goes_on_with_the_context_of_the_step_before_and_finds_nothing_of_it()
    {
        await using var spare = Spare();

        await spare.RunAsync(handsOn: true, context => Task.FromResult(context.Add(new IdentityUser("ada"))));
        var tracked = await spare.RunAsync(handsOn: true, context => Task.FromResult(context.ChangeTracker.Entries().Count()));

        Assert.Equal(0, tracked);
        Assert.Single(_made);
    }

    [Fact]
    public async Task One_that_failed_is_not_handed_on()
    {
        await using var spare = Spare();

        await Assert.ThrowsAsync<IOException>(() => spare.RunAsync<int>(handsOn: true, _ => throw new IOException("broken")));
        await spare.RunAsync(handsOn: true, _ => Task.FromResult(0));

        Assert.Equal(2, _made.Count);
        Assert.True(IsDisposed(_made[0]));
    }

    [Fact]
    public async Task A_step_that_was_given_up_keeps_its_own_and_what_it_hands_on_late_is_used_or_disposed_of()
    {
        var spare = Spare();
        var held = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var givenUp = spare.RunAsync(handsOn: true, _ => held.Task);
        await spare.RunAsync(handsOn: true, _ => Task.FromResult(0));
        Assert.Equal(2, _made.Count);

        held.SetResult(0);
        await givenUp.WaitAsync(Eventually.Patience);
        Assert.Single(_made, IsDisposed);
        await spare.DisposeAsync();

        Assert.All(_made, context => Assert.True(IsDisposed(context)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_last_step_and_one_in_a_scope_of_its_own_keep_nothing(bool handsOn, bool isBorrowed)
    {
        await using var spare = Spare(isBorrowed);

        await spare.RunAsync(handsOn, _ => Task.FromResult(0));

        Assert.True(IsDisposed(Assert.Single(_made)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_ends_after_its_scope_leaves_nothing_behind(bool sync)
    {
        var spare = Spare();
        var held = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var givenUp = spare.RunAsync(handsOn: true, _ => held.Task);
        if (sync)
        {
            spare.Dispose();
        }
        else
        {
            await spare.DisposeAsync();
        }

        Assert.False(IsDisposed(_made[0]));
        held.SetResult(0);
        await givenUp.WaitAsync(Eventually.Patience);

        Assert.True(IsDisposed(Assert.Single(_made)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_context_of_the_apps_that_fails_when_it_is_disposed_of_does_not_end_the_apps_scope_early(bool sync)
    {
        var spare = new SpareLease<PlainDb>(() => new ContextLease<PlainDb>(new FailsAtItsEnd((DbContextOptions<PlainDb>)Options), scope: null));
        await spare.RunAsync(handsOn: true, _ => Task.FromResult(0));

        if (sync)
        {
            spare.Dispose();
        }
        else
        {
            await spare.DisposeAsync();
        }
    }

    private static DbContextOptions Options => new DbContextOptionsBuilder<PlainDb>().UseSqlite("Data Source=:memory:").AllowManyProviders().Options;

    private SpareLease<PlainDb> Spare(bool isBorrowed = false) => new(() =>
    {
        var context = new PlainDb((DbContextOptions<PlainDb>)Options);
        _made.Add(context);
        return new ContextLease<PlainDb>(context, isBorrowed ? new MemoryStream() : null);
    });

    private static bool IsDisposed(PlainDb context)
    {
        try
        {
            _ = context.Model;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private sealed class FailsAtItsEnd(DbContextOptions<PlainDb> options) : PlainDb(options)
    {
        public override void Dispose()
        {
            base.Dispose();
            throw new ObjectDisposedException("audit");
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            throw new ObjectDisposedException("audit");
        }
    }
}
