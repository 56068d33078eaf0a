using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.IntegrationTests.Setup;

/// <summary>An app's own context whose users have any type of key.</summary>
public sealed class KeyedDb<TKey>(DbContextOptions<KeyedDb<TKey>> options) : IdentityDbContext<IdentityUser<TKey>, IdentityRole<TKey>, TKey>(options)
    where TKey : IEquatable<TKey>;
