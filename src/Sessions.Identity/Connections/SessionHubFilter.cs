using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Connections;

/// <summary>Ties every hub connection to the session that it began with. Blazor's circuits are connections of a hub too.</summary>
internal sealed class SessionHubFilter(
    LiveConnections connections, ConnectionMonitor monitor, CircuitOwners circuits, TicketUser ticketUser, TrackingBoundary boundary) : IHubFilter
{
    private const string CircuitHub = "Microsoft.AspNetCore.Components.Server.ComponentHub";

    private static readonly object _key = new();

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = await DescribeAsync(context.Context);
        context.Context.Items[_key] = connection;
        connections.Add(connection);
        monitor.Start();

        // However it goes: a filter or a hub of the host's that throws would keep a later one from being told, and the hub's own token from being signalled.
        context.Context.ConnectionAborted.Register(() => connections.Remove(connection));
        context.Context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed.Register(() => connections.Remove(connection));
        try
        {
            await next(context);
        }
        catch
        {
            connections.Remove(connection);
            throw;
        }
    }

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!invocationContext.Context.Items.TryGetValue(_key, out var item) || item is not LiveConnection connection)
        {
            return next(invocationContext);
        }

        if (connection.IsEnded)
        {
            invocationContext.Context.Abort();
            throw new HubException("The session has ended.");
        }

        if (invocationContext.Hub.GetType().FullName == CircuitHub)
        {
            return InvokeCircuitAsync(connection, invocationContext, next);
        }

        connection.Act();
        return next(invocationContext);
    }

    private async ValueTask<object?> InvokeCircuitAsync(
        LiveConnection connection, HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        switch (invocation.HubMethodName)
        {
            case "ConnectCircuit" when !IsOwn(connection, invocation):
                return false; // as Blazor answers for a circuit that is gone: the page is loaded anew
            case "ResumeCircuit" when !IsOwn(connection, invocation):
                return null;
            case "StartCircuit" or "ResumeCircuit":
                var secret = await next(invocation);
                if (secret is string known)
                {
                    circuits.Set(known, connection.Owner);
                }

                return secret;
            case "OnRenderCompleted" or "EndInvokeJSFromDotNet" or "ReceiveJSDataChunk":
                return await next(invocation); // the browser's own answers
            default:
                connection.Act();
                return await next(invocation);
        }
    }

    private bool IsOwn(LiveConnection connection, HubInvocationContext invocation) =>
        circuits.IsOf(invocation.HubMethodArguments is [string secret, ..] ? secret : null, connection.Owner);

    private async Task<LiveConnection> DescribeAsync(HubCallerContext caller)
    {
        CheckedTicket? ticket = null;
        if (caller.User?.Identity?.IsAuthenticated == true && caller.GetHttpContext() is { } http)
        {
            await boundary.RunHereAsync(TrackingStep.CheckSession, async () => ticket = await TicketOfAsync(http));
        }

        // A connection by a token of one person in a browser with a cookie of another.
        if (ticket is not null && (SessionRequest.Of(caller.GetHttpContext()!).Principal is not { } owner || ticketUser.IdOf(owner) != ticketUser.IdOf(caller.User!)))
        {
            ticket = null;
        }

        var session = ticket is { IsRefused: false } ? ticket.Session : null;
        var digest = ticket is null or { IsRefused: true } ? null : DigestOf(ticket.Properties);
        return new LiveConnection(caller.Abort)
        {
            Owner = digest ?? session?.Id.ToString() ?? UserOf(caller),
            KeyDigest = digest,
            SessionId = session?.Id,
        };
    }

    // Of a ticket that could not be adopted, the key that it will have.
    private string? DigestOf(AuthenticationProperties properties)
    {
        SessionKey? key = null;
        boundary.Run(TrackingStep.CheckSession, () => key = properties.GetSessionKey() ?? SessionKey.From(properties.GetSeed()?.Key));
        return key?.Digest();
    }

    // Where a connection is made of many requests (long polling), its own copy of them has not been checked.
    private static async Task<CheckedTicket?> TicketOfAsync(HttpContext http)
    {
        if (SessionRequest.Of(http).Ticket is null
            && await http.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(TrackedSchemes.Application) is not null)
        {
            await http.AuthenticateAsync(TrackedSchemes.Application);
        }

        return SessionRequest.Of(http).Ticket;
    }

    private string? UserOf(HubCallerContext caller) => caller.User is { Identity.IsAuthenticated: true } user ? ticketUser.IdOf(user) : null;
}
