using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sessions.Identity.SignIn;

/// <summary>The secret in a "remember this machine" ticket that ties it to the machine's sessions. Their rows hold only its digest.</summary>
internal readonly record struct RememberNonce
{
    private const int Bytes = 32;

    // A label of its own (RFC 5869, "info"): the same cookie gives another value wherever else it may be hashed.
    private static readonly byte[] _label = "Sessions.Identity remembered machine nonce v1"u8.ToArray();

    private RememberNonce(string value) => Value = value;

    public string Value { get; }

    public static RememberNonce New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public static RememberNonce? From(string? value) => string.IsNullOrEmpty(value) ? null : new RememberNonce(value);

    /// <summary>Derives the nonce of a ticket that has none from its cookie as received: every copy of that cookie has the same.</summary>
    public static RememberNonce Derive(string cookie) =>
        new(Base64Url.EncodeToString(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(cookie), Bytes, info: _label)));

    public string Digest() => SecretDigest.Of(Value);

    public override string ToString() => "(secret)";
}
