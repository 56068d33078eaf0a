using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sessions.Benchmarks.Load;

/// <summary>A variant running in a process of its own, and the cookie of the person signed in to it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private const int MostSignIns = 5;

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
            return new AppProcess(process, variant, new Uri(address), await SignInAsync(new Uri(address), isTracked: variant == Variant.Sessions));
        }
        catch
        {
            await StopAsync(process);
            throw;
        }
    }

    /// <summary>How many steps of tracking got no answer so far.</summary>
    public async Task<long> CountFailuresAsync()
    {
        using var client = NewClient(Address);
        return long.Parse(await client.GetStringAsync(new Uri("/failures", UriKind.Relative)), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync() => await StopAsync(_process);

    // A database for each variant, which the app removes when it stops.
    private static string DatabaseOf(Variant variant, string? postgres, string folder) => postgres is null
        ? new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, $"{variant}.db") }.ToString()
        : new NpgsqlConnectionStringBuilder(postgres) { Database = $"sessions_load_{variant}_{Environment.ProcessId}".ToLowerInvariant() }.ToString();

    // The first sign-in of a cold app may outlast the tracking budget on a busy machine; it is then let through without a session.
    private static async Task<string> SignInAsync(Uri address, bool isTracked)
    {
        using var client = NewClient(address);
        for (var attempt = 1; attempt <= MostSignIns; attempt++)
        {
            using var response = await client.PostAsync(new Uri("/signin", UriKind.Relative), content: null);
            response.EnsureSuccessStatusCode();
            var cookie = string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(header => header.Split(';')[0]));
            if (!isTracked || await HasSessionAsync(client, cookie))
            {
                return cookie;
            }
        }

        throw new InvalidOperationException("The sign-in was not tracked.");
    }

    // A ticket that is adopted just now has a session too, but then its cookie is written anew.
    private static async Task<bool> HasSessionAsync(HttpClient client, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/session");
        request.Headers.Add("Cookie", cookie);
        using var response = await client.SendAsync(request);
        return await response.Content.ReadAsStringAsync() == "true" && !response.Headers.Contains("Set-Cookie");
    }

    private static HttpClient NewClient(Uri address) => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address, Timeout = _patience };

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
