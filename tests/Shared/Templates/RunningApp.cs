using System.Diagnostics;

namespace Sessions.Tests.Templates;

/// <summary>An app in a process of its own, on a real port.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private readonly List<string> _printed;

    private RunningApp(Process process, Uri address, List<string> printed)
    {
        _process = process;
        Address = address;
        _printed = printed;
    }

    public Uri Address { get; }

    /// <summary>What it has printed, for the message of a test that fails.</summary>
    public string Log
    {
        get
        {
            lock (_printed)
            {
                return string.Join(Environment.NewLine, _printed);
            }
        }
    }

    public static async Task<RunningApp> StartAsync(string folder, string assembly, string home, Action<IDictionary<string, string?>>? configure = null)
    {
        var process = Tool.Start(folder, [assembly, "--urls", "http://127.0.0.1:0"], environment =>
        {
            environment["ASPNETCORE_ENVIRONMENT"] = "Development";
            environment["HOME"] = home; // where ASP.NET Core keeps its key ring
            configure?.Invoke(environment);
        });
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var printed = new List<string>();
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (printed)
            {
                printed.Add(line.Data ?? "");
            }

            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].Trim()));
            }
        };
        process.OutputDataReceived += read;
        process.ErrorDataReceived += read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var first = await Task.WhenAny(address.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(2)));
        if (first == address.Task)
        {
            return new RunningApp(process, await address.Task, printed);
        }

        await StopAsync(process);
        throw new InvalidOperationException($"The app did not start:{Environment.NewLine}{string.Join(Environment.NewLine, printed)}");
    }

    public ValueTask DisposeAsync() => new(StopAsync(_process));

    private static async Task StopAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        // What it printed is read to its end, unless something that it has started keeps its output open.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
    }
}
