using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR.Client;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Connections;

/// <summary>Who gets a circuit back, or what was kept of it. That Blazor's hub has this name and these methods, the Blazor template's tests hold.</summary>
public sealed class CircuitTests
{
    [Fact]
    public async Task What_was_kept_of_a_circuit_is_resumed_by_its_own_session_only()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var owner = await Caller.SignedInAsync(app);
        await using var first = await owner.ConnectAsync("/circuits");
        await using var again = await owner.ConnectAsync("/circuits");
        await using var other = await (await Caller.SignedInAsync(app)).ConnectAsync("/circuits");
        await using var nobody = await new Caller(app).ConnectAsync("/circuits");
        var secret = await first.InvokeAsync<string>("StartCircuit");

        Assert.Null(await other.InvokeAsync<string?>("ResumeCircuit", secret));
        Assert.Null(await nobody.InvokeAsync<string?>("ResumeCircuit", secret));
        Assert.Null(await again.InvokeAsync<string?>("ResumeCircuit", "a circuit of another process"));
        var resumed = await again.InvokeAsync<string?>("ResumeCircuit", secret);

        Assert.StartsWith(secret, resumed, StringComparison.Ordinal);
        Assert.Null(await other.InvokeAsync<string?>("ResumeCircuit", resumed));
        Assert.NotNull(await first.InvokeAsync<string?>("ResumeCircuit", resumed));
    }

    [Fact]
    public async Task A_circuit_is_gone_for_everybody_but_the_session_that_began_it()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var owner = await Caller.SignedInAsync(app);
        await using var first = await owner.ConnectAsync("/circuits");
        await using var again = await owner.ConnectAsync("/circuits");
        await using var other = await (await Caller.SignedInAsync(app)).ConnectAsync("/circuits");
        var secret = await first.InvokeAsync<string>("StartCircuit");

        Assert.False(await other.InvokeAsync<bool>("ConnectCircuit", secret));
        Assert.True(await again.InvokeAsync<bool>("ConnectCircuit", secret));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(setup =>
    {
        setup.OnKestrel = true;
        setup.ConfigureServices = services => services.AddSignalR();
        setup.ConfigureEndpoints = app => app.MapHub<ComponentHub>("/circuits");
    });
}
