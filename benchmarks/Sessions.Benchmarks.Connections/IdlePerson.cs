using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Sessions.Benchmarks.Connections;

/// <summary>Somebody with a session of their own who has one connection open, over a WebSocket, and does nothing.</summary>
internal sealed class IdlePerson(Uri address, string name) : IAsyncDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubConnection? _hub;

    public string Name => name;

    public Task Closed => _closed.Task;

    public async Task ConnectAsync(ConnectionKind kind)
    {
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = address };
        (await client.PostAsync(new Uri($"/signin?name={name}", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        var builder = new HubConnectionBuilder().WithUrl(new Uri(address, kind == ConnectionKind.Circuit ? "/_blazor" : "/hub"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.Cookies = _cookies;
        });
        if (kind == ConnectionKind.Circuit)
        {
            builder.Services.AddSingleton<IHubProtocol, BlazorPackProtocol>();
        }

        _hub = builder.Build();
        _hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        await _hub.StartAsync();
        if (kind == ConnectionKind.Circuit && await _hub.InvokeAsync<string?>("StartCircuit", address.ToString(), new Uri(address, "/counter").ToString(), "[]", "") is null)
        {
            throw new InvalidOperationException("Blazor began no circuit.");
        }
    }

    public ValueTask DisposeAsync() => _hub?.DisposeAsync() ?? ValueTask.CompletedTask;
}
