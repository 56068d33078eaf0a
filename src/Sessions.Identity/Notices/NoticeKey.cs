using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sessions.Identity.Notices;

/// <summary>The secret of one "this wasn't me" link. The link holds it; the session's row holds only its digest. It opens nothing else.</summary>
internal readonly record struct NoticeKey
{
    public const int Bytes = 32;

    private NoticeKey(string value) => Value = value;

    public string Value { get; }

    public static NoticeKey New() => From(RandomNumberGenerator.GetBytes(Bytes));

    public static NoticeKey From(ReadOnlySpan<byte> bytes) => new(Base64Url.EncodeToString(bytes));

    public byte[] ToBytes() => Base64Url.DecodeFromChars(Value);

    public string Digest() => SecretDigest.Of(Value);

    public override string ToString() => "(secret)";
}
