using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Sessions.Benchmarks.Connections;

/// <summary>A hub of the app's own, that its people are connected to and say nothing.</summary>
[Authorize]
internal sealed class IdleHub : Hub;
