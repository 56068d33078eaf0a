using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Sessions.Identity.Notices;

/// <summary>Writes and reads the token of a "this wasn't me" link: a notice's key and the link's end, protected. Nothing of the session is in it.</summary>
/// <remarks>The end is ours to write and compare: the framework's time-limited protector knows only the system's clock.</remarks>
internal sealed class NoticeTokens(IDataProtectionProvider protection, TimeProvider time)
{
    private const int Longest = 1_024;

    private readonly IDataProtector _protector = protection.CreateProtector("Sessions.Identity.Notice.v1");

    public string Write(NoticeKey key, DateTimeOffset end)
    {
        var plain = new byte[sizeof(long) + NoticeKey.Bytes];
        BinaryPrimitives.WriteInt64BigEndian(plain, end.UtcTicks);
        key.ToBytes().CopyTo(plain.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(_protector.Protect(plain));
    }

    /// <summary>Reads a token that somebody sent.</summary>
    /// <returns>The key, or <see langword="null"/> if the token is none of ours, was changed, or is over.</returns>
    public NoticeKey? Read(string? token)
    {
        if (token is null or { Length: 0 or > Longest } || !Base64Url.IsValid(token))
        {
            return null;
        }

        try
        {
            var plain = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            return plain.Length == sizeof(long) + NoticeKey.Bytes && time.GetUtcNow().UtcTicks < BinaryPrimitives.ReadInt64BigEndian(plain)
                ? NoticeKey.From(plain.AsSpan(sizeof(long)))
                : null;
        }
        catch (CryptographicException)
        {
            // Tampered with, or from before the key ring was replaced.
            return null;
        }
    }
}
