using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Sessions.Identity.Stores;

namespace Sessions.Identity.SignIn;

/// <summary>What Sessions keeps in a ticket. Properties survive a refresh and the renewal of the principal; claims don't.</summary>
internal static class TicketProperties
{
    private const string Key = ".sessions.key";
    private const string Pending = ".sessions.pending";
    private const string Seed = ".sessions.seed";
    private const string FirstStep = ".sessions.first";
    private const string Remember = ".sessions.remember";

    public static SessionKey? GetSessionKey(this AuthenticationProperties properties) =>
        SessionKey.From(properties.Items.TryGetValue(Key, out var value) ? value : null);

    public static void SetSessionKey(this AuthenticationProperties properties, SessionKey key)
    {
        properties.ClearSession();
        properties.Items[Key] = key.Value;
    }

    public static void ClearSession(this AuthenticationProperties properties)
    {
        properties.Items.Remove(Key);
        properties.Items.Remove(Pending);
        properties.Items.Remove(Seed);
    }

    /// <summary>Puts into a ticket what another of the same sign-in has of Sessions.</summary>
    public static void CopySessionFrom(this AuthenticationProperties properties, AuthenticationProperties from)
    {
        // A host's store of tickets may hand out one object to all.
        if (ReferenceEquals(properties, from))
        {
            return;
        }

        properties.ClearSession();
        foreach (var name in new[] { Key, Pending, Seed })
        {
            if (from.Items.TryGetValue(name, out var value))
            {
                properties.Items[name] = value;
            }
        }
    }

    public static PendingSignIn? GetPendingSignIn(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Pending, out var json) && json is not null
            ? JsonSerializer.Deserialize(json, StoredJson.Default.PendingSignIn)
            : null;

    public static void SetPendingSignIn(this AuthenticationProperties properties, PendingSignIn pending) =>
        properties.Items[Pending] = JsonSerializer.Serialize(pending, StoredJson.Default.PendingSignIn);

    public static TicketSeed? GetSeed(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Seed, out var json) && json is not null
            ? JsonSerializer.Deserialize(json, StoredJson.Default.TicketSeed)
            : null;

    public static void SetSeed(this AuthenticationProperties properties, TicketSeed seed) =>
        properties.Items[Seed] = JsonSerializer.Serialize(seed, StoredJson.Default.TicketSeed);

    /// <summary>Lets a ticket end by then, if it would not before.</summary>
    /// <returns>Whether that makes it shorter.</returns>
    public static bool Shorten(this AuthenticationProperties properties, DateTimeOffset? end)
    {
        var isLonger = properties.ExpiresUtc > end;
        properties.ExpiresUtc = isLonger ? end : properties.ExpiresUtc;
        return isLonger;
    }

    /// <summary>How the first step was made that a two-factor ticket stands for.</summary>
    public static SignInFacts? GetFirstStep(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(FirstStep, out var json) && json is not null
            ? JsonSerializer.Deserialize(json, StoredJson.Default.SignInFacts)
            : null;

    public static void SetFirstStep(this AuthenticationProperties properties, SignInFacts facts) =>
        properties.Items[FirstStep] = JsonSerializer.Serialize(facts, StoredJson.Default.SignInFacts);

    /// <summary>What ties a "remember this machine" ticket to its sessions.</summary>
    public static RememberNonce? GetRememberNonce(this AuthenticationProperties properties) =>
        RememberNonce.From(properties.Items.TryGetValue(Remember, out var value) ? value : null);

    public static void SetRememberNonce(this AuthenticationProperties properties, RememberNonce nonce) => properties.Items[Remember] = nonce.Value;
}
