using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Sessions.IntegrationTests.TicketStores;

/// <summary>A host's store of tickets in memory.</summary>
/// <param name="sharesObjects">Whether it hands out the very object that it was given, as simple ones do.</param>
/// <param name="removes">Whether a removal works.</param>
internal sealed class HeldTickets(bool sharesObjects = false, bool removes = true) : ITicketStore
{
    private readonly ConcurrentDictionary<string, (AuthenticationTicket Ticket, byte[] Bytes)> _held = new();

    public int Count => _held.Count;

    /// <summary>Whether every ticket that is held has a session's key in it.</summary>
    public bool AreKeyed => _held.Values.All(held => Open(held).Properties.Items.ContainsKey(".sessions.key"));

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Guid.NewGuid().ToString();
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        _held[key] = (ticket, TicketSerializer.Default.Serialize(ticket));
        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(
        _held.TryGetValue(key, out var held) ? Open(held) : null);

    public Task RemoveAsync(string key)
    {
        if (removes)
        {
            _held.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }

    private AuthenticationTicket Open((AuthenticationTicket Ticket, byte[] Bytes) held) =>
        sharesObjects ? held.Ticket : TicketSerializer.Default.Deserialize(held.Bytes)!;
}
