using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Connections;

/// <summary>Somebody with cookies of their own who opens hub connections.</summary>
internal sealed class Caller(TestApp app)
{
    private readonly CookieContainer _cookies = new();

    public static async Task<Caller> SignedInAsync(TestApp app)
    {
        var caller = new Caller(app);
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = caller._cookies }) { BaseAddress = app.Address };
        using var answer = await client.PostAsync(new Uri($"/signin?name=ada@example.com&password={TestApp.Password}", UriKind.Relative), content: null);
        answer.EnsureSuccessStatusCode();
        return caller;
    }

    public async Task<HubConnection> ConnectAsync(string path = "/hub", HttpTransportType transport = HttpTransportType.WebSockets)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(app.Address, path), options =>
        {
            options.Transports = transport;
            options.Cookies = _cookies;
        }).Build();
        await hub.StartAsync().WaitAsync(Eventually.Patience);
        return hub;
    }
}
