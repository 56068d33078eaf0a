using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sessions.Benchmarks.Load;

/// <summary>A load generator that costs little: it shares the processors with the app, and a dear one would hide what the app costs.</summary>
internal static class LoadClient
{
    private static readonly byte[] _endOfHeaders = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] _contentLength = "\r\nContent-Length: "u8.ToArray();

    /// <summary>Asks over keep-alive connections, one request after the other on each, until the time is over.</summary>
    /// <returns>The requests that were answered, per second. Any answer but a 200 throws.</returns>
    public static async Task<double> RunAsync(AppProcess app, int connections, TimeSpan duration)
    {
        var request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {app.Address.Authority}\r\nCookie: {app.Cookie}\r\n\r\n");
        var watch = Stopwatch.StartNew();
        var answered = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => AskAsync(app.Address, request, watch, duration))));
        return answered.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<long> AskAsync(Uri address, byte[] request, Stopwatch watch, TimeSpan duration)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);

        // An app that hangs ends the measurement.
        using var limit = new CancellationTokenSource(duration + TimeSpan.FromSeconds(30));
        var buffer = new byte[16 * 1024];
        var answered = 0L;
        while (watch.Elapsed < duration)
        {
            await socket.SendAsync(request, limit.Token);
            await ReceiveAsync(socket, buffer, limit.Token);
            answered++;
        }

        return answered;
    }

    private static async ValueTask ReceiveAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var received = 0;
        do
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(received), cancellationToken);
            received += count > 0 ? count : throw new IOException("The app closed the connection.");
        }
        while (!IsWhole(buffer.AsSpan(0, received)));
    }

    private static bool IsWhole(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf(_endOfHeaders);
        if (end < 0)
        {
            return false;
        }

        if (!response.StartsWith("HTTP/1.1 200 "u8))
        {
            throw new IOException($"The app answered: {Encoding.ASCII.GetString(response[..response.IndexOf("\r\n"u8)])}");
        }

        var length = response[(response.IndexOf(_contentLength) + _contentLength.Length)..];
        return response.Length == end + _endOfHeaders.Length + int.Parse(length[..length.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
