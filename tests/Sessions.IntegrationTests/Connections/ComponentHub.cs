using Microsoft.AspNetCore.SignalR;

// Our filter knows Blazor's hub by its name, which nobody else may use: so this one stands where Blazor's does.
#pragma warning disable IDE0130
namespace Microsoft.AspNetCore.Components.Server;
#pragma warning restore IDE0130

/// <summary>As much of the hub of Blazor's circuits as tells who gets which: any secret is known to it, and nobody is refused.</summary>
internal sealed class ComponentHub : Hub
{
    public string StartCircuit() => $"circuit of {Context.ConnectionId}";

    public bool ConnectCircuit(string secret) => Context.ConnectionId.Length > 0 && secret.Length > 0;

    public string? ResumeCircuit(string secret) => $"{secret}, resumed by {Context.ConnectionId}";
}
