using System.Data.Common;
using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Nodes;

/// <summary>An app of two real processes on one PostgreSQL.</summary>
public sealed class TwoNodesTests
{
    [Fact]
    public async Task A_revocation_in_one_process_is_refused_in_the_other_at_the_next_request()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await nodes.App.CreateUserAsync();
        var (mine, theirs) = (new CookieContainer(), new CookieContainer());
        await SignInAsync(nodes.At(0, mine));
        await SignInAsync(nodes.At(1, theirs));
        foreach (var node in new[] { 0, 1 })
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(nodes.At(node, mine)));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(nodes.At(node, theirs)));
        }

        (await nodes.At(0, mine).PostAsync(new Uri("/revoke-others", UriKind.Relative), content: null)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(nodes.At(1, theirs)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(nodes.At(1, mine)));
    }

    [Fact]
    public async Task The_sweep_runs_once_while_the_other_process_is_turned_away()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await nodes.App.CreateUserAsync();
        await nodes.App.NewDevice().SignInAsync();
        await nodes.App.CopySessionAsync(4);
        await nodes.App.AgeAsync(TimeSpan.FromDays(60));

        // A row that somebody else holds keeps the first sweep in the middle of its work.
        await using var holder = nodes.Database.Connect();
        await using var transaction = await HoldAsync(holder, """SELECT "Id" FROM "AspNetUserSessions" FOR UPDATE""");
        var first = SweepAsync(nodes.At(0, new CookieContainer()));
        await Eventually.TrueAsync(() => IsHeldUpAsync(nodes.Database), "the first sweep waits for the row");

        Assert.Equal("another node", await SweepAsync(nodes.At(1, new CookieContainer())));
        await transaction.CommitAsync();

        Assert.Equal("5 expired", await first);
        Assert.Equal("0 expired", await SweepAsync(nodes.At(1, new CookieContainer())));
        Assert.Equal(5, (await nodes.App.EventsAsync()).Count(row => row.Kind == SessionEventKind.Expired));
    }

    [Fact]
    public async Task A_node_that_is_killed_inside_a_transaction_is_followed_by_another_without_loss_or_doubles()
    {
        await using var nodes = await TwoNodes.StartAsync();
        await nodes.App.CreateUserAsync();
        await nodes.App.NewDevice().SignInAsync();
        await nodes.App.CopySessionAsync(4);
        await nodes.App.AgeAsync(TimeSpan.FromDays(60));

        // The trail takes no new events: the first sweep has ended the sessions, and waits with their events in the same transaction.
        await using var holder = nodes.Database.Connect();
        await using var transaction = await HoldAsync(holder, """LOCK TABLE "AspNetSessionEvents" IN SHARE MODE""");
        var first = SweepAsync(nodes.At(0, new CookieContainer()));
        await Eventually.TrueAsync(() => IsHeldUpAsync(nodes.Database, hasWritten: true), "the first sweep waits for the trail");
        await nodes.KillAsync(0);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => first);
        await transaction.CommitAsync();

        Assert.Equal("5 expired", await SweepOnceItIsFreeAsync(nodes.At(1, new CookieContainer())));
        Assert.All(await nodes.App.SessionsAsync(), row => Assert.Equal(SessionEndReason.Expired, row.EndReason));
        var expired = (await nodes.App.EventsAsync()).Where(row => row.Kind == SessionEventKind.Expired).Select(row => row.SessionId!.Value);
        Assert.Equal((await nodes.App.SessionsAsync()).Select(row => row.Id).Order(), expired.Order());
    }

    [Fact]
    public async Task A_node_that_is_killed_in_the_middle_of_a_purge_is_followed_by_another_that_leaves_what_is_young()
    {
        await using var nodes = await TwoNodes.StartAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await nodes.App.NewDevice().SignInAsync("nobody@example.com");
        }

        await nodes.App.AgeAsync(TimeSpan.FromDays(400));
        await nodes.App.NewDevice().SignInAsync("young@example.com");

        // The statement has removed the first of the old events, and waits for the last of them.
        await using var holder = nodes.Database.Connect();
        await using var transaction = await HoldAsync(
            holder, """SELECT "Id" FROM "AspNetSessionEvents" WHERE "Identity" LIKE 'nobody%' ORDER BY "OccurredAt" DESC LIMIT 1 FOR UPDATE""");
        var first = SweepAsync(nodes.At(0, new CookieContainer()));
        await Eventually.TrueAsync(() => IsHeldUpAsync(nodes.Database, hasWritten: true), "the first sweep waits for the row");
        await nodes.KillAsync(0);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => first);

        // The server would finish a dead process's statement that waits.
        await using var end = nodes.Database.Connect();
        await using var ended = await HoldAsync(end, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        await transaction.CommitAsync();
        Assert.Equal(4, (await nodes.App.EventsAsync()).Count);

        Assert.Equal("0 expired", await SweepOnceItIsFreeAsync(nodes.At(1, new CookieContainer())));
        Assert.Equal("young@example.com", Assert.Single(await nodes.App.EventsAsync()).Identity);
    }

    private static async Task<DbTransaction> HoldAsync(DbConnection holder, string sql)
    {
        await holder.OpenAsync();
        var transaction = await holder.BeginTransactionAsync();
        await using var command = holder.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
        return transaction;
    }

    // The server hears of a dead process a moment later.
    private static async Task<string> SweepOnceItIsFreeAsync(HttpClient node)
    {
        var answer = "another node";
        await Eventually.TrueAsync(async () => (answer = await SweepAsync(node)) != "another node", "the dead node's lease is free");
        return answer;
    }

    private static async Task SignInAsync(HttpClient browser)
    {
        var answer = await browser.PostAsync(new Uri($"/signin?name=ada@example.com&password={Uri.EscapeDataString(TestApp.Password)}", UriKind.Relative), content: null);
        Assert.Equal("Succeeded", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient browser) => (await browser.GetAsync(new Uri("/whoami", UriKind.Relative))).StatusCode;

    private static async Task<string> SweepAsync(HttpClient node) =>
        await (await node.PostAsync(new Uri("/sweep", UriKind.Relative), content: null)).Content.ReadAsStringAsync();

    private static async Task<bool> IsHeldUpAsync(TestDatabase database, bool hasWritten = false)
    {
        await using var connection = database.Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            + (hasWritten ? " AND backend_xid IS NOT NULL" : string.Empty);
        return await command.ExecuteScalarAsync() is true;
    }
}
