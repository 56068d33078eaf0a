using System.Net;
using Sessions.IntegrationTests.Harness;
using Sessions.TestNode;
using Sessions.Tests.Templates;

namespace Sessions.IntegrationTests.Nodes;

/// <summary>Two processes of one app: one database, one key ring, nothing else in common.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly List<RunningApp> _nodes = [];
    private readonly HashSet<RunningApp> _killed = [];

    private TwoNodes(TestDatabase database, TestApp operatorApp)
    {
        Database = database;
        App = operatorApp;
    }

    public TestDatabase Database { get; }

    /// <summary>The same database, seen from the test: it makes the tables and the people.</summary>
    public TestApp App { get; }

    public static async Task<TwoNodes> StartAsync()
    {
        var database = await TestDatabase.PostgresAsync();
        var app = await TestApp.StartAsync(setup => setup.Database = database);
        var nodes = new TwoNodes(database, app);
        var keys = Directory.CreateTempSubdirectory("sessions-keys-");
        var assembly = typeof(Node).Assembly.Location;
        foreach (var _ in new[] { 1, 2 })
        {
            nodes._nodes.Add(await RunningApp.StartAsync(keys.FullName, assembly, keys.FullName, environment =>
            {
                environment[Node.Database] = database.ConnectionString;
                environment[Node.Keys] = keys.FullName;
            }));
        }

        return nodes;
    }

    /// <summary>A browser at one of the nodes, as a load balancer sends it there.</summary>
    public HttpClient At(int node, CookieContainer cookies) => new(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = _nodes[node].Address };

    /// <summary>Kills a node's process: it gives nothing back and finishes nothing.</summary>
    public async Task KillAsync(int node)
    {
        await _nodes[node].DisposeAsync();
        _killed.Add(_nodes[node]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Except(_killed))
        {
            await node.DisposeAsync();
        }

        await App.DisposeAsync();
        await Database.DisposeAsync();
    }
}
