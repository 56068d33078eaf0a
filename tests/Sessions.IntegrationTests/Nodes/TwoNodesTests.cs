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
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using var command = holder.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """SELECT "Id" FROM "AspNetUserSessions" FOR UPDATE""";
        await command.ExecuteNonQueryAsync();
        var first = SweepAsync(nodes.At(0, new CookieContainer()));
        await Eventually.TrueAsync(() => IsHeldUpAsync(nodes.Database), "the first sweep waits for the row");

        Assert.Equal("another node", await SweepAsync(nodes.At(1, new CookieContainer())));
        await transaction.CommitAsync();

        Assert.Equal("5 expired", await first);
        Assert.Equal("0 expired", await SweepAsync(nodes.At(1, new CookieContainer())));
        Assert.Equal(5, (await nodes.App.EventsAsync()).Count(row => row.Kind == SessionEventKind.Expired));
    }

    private static async Task SignInAsync(HttpClient browser)
    {
        var answer = await browser.PostAsync(new Uri($"/signin?name=ada@example.com&password={Uri.EscapeDataString(TestApp.Password)}", UriKind.Relative), content: null);
        Assert.Equal("Succeeded", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient browser) => (await browser.GetAsync(new Uri("/whoami", UriKind.Relative))).StatusCode;

    private static async Task<string> SweepAsync(HttpClient node) =>
        await (await node.PostAsync(new Uri("/sweep", UriKind.Relative), content: null)).Content.ReadAsStringAsync();

    private static async Task<bool> IsHeldUpAsync(TestDatabase database)
    {
        await using var connection = database.Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        return await command.ExecuteScalarAsync() is true;
    }
}
