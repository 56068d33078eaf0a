using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Sessions.Identity.SignIn;

namespace Sessions.Identity.Validation;

/// <summary>Tickets that the host keeps on the server: the cookie holds only a pointer to one.</summary>
internal static class StoredTickets
{
    private const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    /// <summary>Puts into a stored ticket what another reading of it has of Sessions.</summary>
    public static async Task CopySessionAsync(this ITicketStore tickets, AuthenticationTicket pointer, AuthenticationProperties from)
    {
        if (KeyOf(pointer) is { } key && await tickets.RetrieveAsync(key) is { } ticket)
        {
            ticket.Properties.CopySessionFrom(from);
            await tickets.RenewAsync(key, ticket);
        }
    }

    /// <summary>Lets a stored ticket end by then, if it would not before.</summary>
    /// <returns>Its properties, or <see langword="null"/> if it stays as it is.</returns>
    public static async Task<AuthenticationProperties?> ShortenAsync(this ITicketStore tickets, AuthenticationTicket pointer, DateTimeOffset end)
    {
        if (KeyOf(pointer) is not { } key || await tickets.RetrieveAsync(key) is not { } ticket || !ticket.Properties.Shorten(end))
        {
            return null;
        }

        await tickets.RenewAsync(key, ticket);
        return ticket.Properties;
    }

    /// <summary>Removes a stored ticket, unless there is one of another session in its place by now: a sign-in keeps the pointer.</summary>
    public static async Task RemoveAsync(this ITicketStore tickets, AuthenticationTicket pointer, AuthenticationProperties refused)
    {
        if (KeyOf(pointer) is { } key && await tickets.RetrieveAsync(key) is { Properties: var stored }
            && stored.GetSessionKey()?.Digest() == refused.GetSessionKey()?.Digest() && stored.GetSeed()?.Key == refused.GetSeed()?.Key)
        {
            await tickets.RemoveAsync(key);
        }
    }

    private static string? KeyOf(AuthenticationTicket pointer) => pointer.Principal.FindFirst(KeyClaim)?.Value;
}
