using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Sessions.Identity.Stores;

namespace Sessions.Identity.SignIn;

/// <summary>What Sessions keeps in a ticket. Properties survive a refresh and the renewal of the principal; claims don't.</summary>
internal static class TicketProperties
{
    private const string Key = ".sessions.key";
    private const string Pending = ".sessions.pending";

    public static SessionKey? GetSessionKey(this AuthenticationProperties properties) =>
        SessionKey.From(properties.Items.TryGetValue(Key, out var value) ? value : null);

    public static void SetSessionKey(this AuthenticationProperties properties, SessionKey key)
    {
        properties.Items[Key] = key.Value;
        properties.Items.Remove(Pending);
    }

    public static void ClearSession(this AuthenticationProperties properties)
    {
        properties.Items.Remove(Key);
        properties.Items.Remove(Pending);
    }

    public static PendingSignIn? GetPendingSignIn(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Pending, out var json) && json is not null
            ? JsonSerializer.Deserialize(json, StoredJson.Default.PendingSignIn)
            : null;

    public static void SetPendingSignIn(this AuthenticationProperties properties, PendingSignIn pending) =>
        properties.Items[Pending] = JsonSerializer.Serialize(pending, StoredJson.Default.PendingSignIn);
}
