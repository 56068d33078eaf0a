using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Harness;

/// <summary>Users with an authenticator app, whose codes the test computes (RFC 6238).</summary>
public static class TwoFactorUsers
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static async Task<(IdentityUser User, string[] RecoveryCodes)> CreateUserWithTwoFactorAsync(this TestApp app, string email = "ada@example.com")
    {
        var user = await app.CreateUserAsync(email);
        var codes = await app.WithUsersAsync(async users =>
        {
            var known = (await users.FindByIdAsync(user.Id))!;
            await users.ResetAuthenticatorKeyAsync(known);
            await users.SetTwoFactorEnabledAsync(known, true);
            return (await users.GenerateNewTwoFactorRecoveryCodesAsync(known, 5))!.ToArray();
        });
        await app.InDatabaseAsync(db => db.Set<IdentitySessionEvent<string>>().ExecuteDeleteAsync()); // each step of that is a change of the account
        return (user, codes);
    }

    public static async Task<string> AuthenticatorCodeAsync(this TestApp app, IdentityUser user)
    {
        var key = await app.WithUsersAsync(async users => await users.GetAuthenticatorKeyAsync((await users.FindByIdAsync(user.Id))!));
        return Code(Decode(key!), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30); // Identity's own clock here is the system's
    }

    private static string Code(byte[] key, long step)
    {
        var counter = BitConverter.GetBytes(step);
        Array.Reverse(counter);
#pragma warning disable CA5350 // RFC 6238 is built on HMAC-SHA-1.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = ((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string text)
    {
        var bytes = new List<byte>();
        int buffer = 0, bits = 0;
        foreach (var letter in text)
        {
            buffer = (buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
