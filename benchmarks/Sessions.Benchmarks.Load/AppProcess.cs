using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sessions.Benchmarks.Load;

/// <summary>A variant running in a process of its own, and the cookie of the person signed in to it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private AppProcess(Process process, Variant variant, Uri address, string cookie)
    {
        _process = process;
        Variant = variant;
        Address = address;
        Cookie = cookie;
    }

    public Variant Variant { get; }

    public Uri Address { get; }

    public string Cookie { get; }

    /// <summary>The processor time that the app has used so far: it tells what a request costs even where others use the machine too.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<AppProcess> StartAsync(Variant variant, Provider provider, string? postgres, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["app", variant.ToString(), provider.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteLineAsync(DatabaseOf(variant, postgres, folder));
            await process.StandardInput.FlushAsync();
            var address = await process.StandardOutput.ReadLineAsync().WaitAsync(_patience)
                ?? throw new InvalidOperationException($"The app {variant} on {provider} did not start.");
            return new AppProcess(process, variant, new Uri(address), await SignInAsync(new Uri(address)));
        }
        catch
        {
            await StopAsync(process);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(_process);

    // A database for each variant, which the app removes when it stops.
    private static string DatabaseOf(Variant variant, string? postgres, string folder) => postgres is null
        ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, $"{variant}.db") }.ToString()
        : new NpgsqlConnectionStringBuilder(postgres) { Database = $"sessions_load_{variant}_{Environment.ProcessId}".ToLowerInvariant() }.ToString();

    private static async Task<string> SignInAsync(Uri address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address, Timeout = _patience };
        using var response = await client.PostAsync(new Uri("/signin", UriKind.Relative), content: null);
        response.EnsureSuccessStatusCode();
        return string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
    }

    private static async Task StopAsync(Process process)
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
