using Microsoft.AspNetCore.Identity;

namespace Sessions.Identity.Accounts;

/// <summary>The app's password hasher, which also notices rehashes. It hashes and verifies nothing itself.</summary>
internal sealed class RehashNoticingPasswordHasher<TUser, TKey>(IServiceProvider services) : IPasswordHasher<TUser>
    where TUser : IdentityUser<TKey>
    where TKey : IEquatable<TKey>
{
    private readonly IPasswordHasher<TUser> _hasher = StockService.Of<IPasswordHasher<TUser>>(services);

    public string HashPassword(TUser user, string password)
    {
        var hash = _hasher.HashPassword(user, password);
        if (user is not null)
        {
            Rehash.Hashed(user, password, hash, user.SecurityStamp);
        }

        return hash;
    }

    public PasswordVerificationResult VerifyHashedPassword(TUser user, string hashedPassword, string providedPassword)
    {
        var result = _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        if (result == PasswordVerificationResult.SuccessRehashNeeded && user is not null)
        {
            Rehash.Verified(user, providedPassword);
        }

        return result;
    }
}
