using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sessions.Identity;

/// <summary>The secret that ties a ticket to its session. The ticket holds it; the database holds only its digest.</summary>
internal readonly record struct SessionKey
{
    private const int Bytes = 32;

    // A label of its own (RFC 5869, "info"): the same cookie gives another value wherever else it may be hashed.
    private static readonly byte[] _adoptionLabel = "Sessions.Identity adopted session key v1"u8.ToArray();

    private SessionKey(string value) => Value = value;

    public string Value { get; }

    public static SessionKey New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public static SessionKey? From(string? value) => string.IsNullOrEmpty(value) ? null : new SessionKey(value);

    /// <summary>Derives the key of an adopted session from the whole cookie as received, so that every copy of that cookie finds the same row.</summary>
    public static SessionKey Derive(string cookie) =>
        new(Base64Url.EncodeToString(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(cookie), Bytes, info: _adoptionLabel)));

    /// <summary>The digest that the database keeps. For 32 random bytes a plain SHA-256 is enough.</summary>
    public string Digest() => SecretDigest.Of(Value);

    public override string ToString() => "(secret)";
}
