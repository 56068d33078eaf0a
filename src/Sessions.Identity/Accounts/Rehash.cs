using System.Runtime.CompilerServices;

namespace Sessions.Identity.Accounts;

/// <summary>Notices that the very password that was just verified is hashed again: a rehash, after which it is the same password.</summary>
/// <remarks>Kept beside the user object for as long as that lives, without keeping the password alive.</remarks>
internal sealed class Rehash
{
    private static readonly ConditionalWeakTable<object, Rehash> _ofUser = [];

    private readonly WeakReference<string> _verified;

    private Rehash(string verified) => _verified = new WeakReference<string>(verified);

    /// <summary>The hash that takes the old one's place.</summary>
    public string? Hash { get; private set; }

    /// <summary>The security stamp before it.</summary>
    public string? Stamp { get; private set; }

    /// <summary>Takes the rehash that a save is about to write. It explains that one save: whatever becomes of the stamp later is a change.</summary>
    public static Rehash? Take(object user, string? hash)
    {
        if (hash is null || !_ofUser.TryGetValue(user, out var rehash) || rehash.Hash != hash)
        {
            return null;
        }

        _ofUser.Remove(user);
        return rehash;
    }

    /// <summary>The password holds, and its hash is an old one.</summary>
    public static void Verified(object user, string password) => _ofUser.AddOrUpdate(user, new Rehash(password));

    /// <summary>A password was hashed. Another string is another password, as far as anybody knows.</summary>
    public static void Hashed(object user, string password, string hash, string? stamp)
    {
        if (!_ofUser.TryGetValue(user, out var rehash))
        {
            return;
        }

        if (rehash.Hash is null && rehash._verified.TryGetTarget(out var verified) && ReferenceEquals(verified, password))
        {
            (rehash.Hash, rehash.Stamp) = (hash, stamp);
        }
        else
        {
            _ofUser.Remove(user);
        }
    }
}
