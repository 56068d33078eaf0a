using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Sessions.IntegrationTests.Setup;

/// <summary>Contexts made by hand, as a design-time factory or a test makes them: no service of an app has a say.</summary>
internal static class Hand
{
    public static TContext Made<TContext, TUser>(Action<DbContextOptionsBuilder> configure)
        where TContext : DbContext
        where TUser : class
    {
        var options = new DbContextOptionsBuilder<TContext>();
        configure(options);
        options.AllowManyProviders();
        options.UseSessions<TUser>();
        return (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
    }

    public static DbContext MadeFor(Type key, Action<DbContextOptionsBuilder> configure) => key switch
    {
        _ when key == typeof(Guid) => Made<KeyedDb<Guid>, IdentityUser<Guid>>(configure),
        _ when key == typeof(int) => Made<KeyedDb<int>, IdentityUser<int>>(configure),
        _ when key == typeof(long) => Made<KeyedDb<long>, IdentityUser<long>>(configure),
        _ => Made<KeyedDb<string>, IdentityUser<string>>(configure),
    };
}
