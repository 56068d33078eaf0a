using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sessions.IntegrationTests.Harness;
using Sessions.Tests.Templates;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>A PostgreSQL server of a test's own, which may crash.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sessions-pg-{Guid.NewGuid():N}");
    private readonly int _port = FreePort();

    public TestDatabase Database { get; private set; } = null!;

    public static async Task<OwnPostgres> StartAsync()
    {
        var server = new OwnPostgres();
        TestDatabase.RequirePostgres();
        await server.RunAsync("start");
        server.Database = TestDatabase.Postgres($"Host=127.0.0.1;Port={server._port};Username=sessions;Database=app");
        return server;
    }

    /// <summary>Stops the server as a power cut does: every connection breaks.</summary>
    public Task CrashAsync() => RunAsync("crash");

    public Task RestartAsync() => RunAsync("start");

    public async ValueTask DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        await RunAsync("stop");
    }

    private async Task RunAsync(string what)
    {
        // Its output goes nowhere: the server would keep a pipe open.
        var start = new ProcessStartInfo("bash", ["-c", $"eng/postgres.sh {what} {_folder} >/dev/null 2>&1"]) { WorkingDirectory = Tool.Repository };
        start.Environment["SESSIONS_TESTS_POSTGRES_PORT"] = _port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        Assert.True(process.ExitCode == 0, $"eng/postgres.sh {what} failed.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
