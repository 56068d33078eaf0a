using System.Security.Cryptography;
using System.Text;

namespace Sessions.Identity;

/// <summary>The one-way form in which secrets are kept: SHA-256, 64 hexadecimal characters.</summary>
internal static class SecretDigest
{
    public const int Length = 64;

    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static string? OfOrNull(string? secret) => secret is null ? null : Of(secret);
}
