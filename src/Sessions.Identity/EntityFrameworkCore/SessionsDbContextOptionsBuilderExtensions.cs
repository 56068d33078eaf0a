using Microsoft.EntityFrameworkCore.Infrastructure;
using Sessions.Identity.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the tables of Sessions to contexts that are made by hand.</summary>
public static class SessionsDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Adds the tables of Sessions to this context's model. <c>AddSessions()</c> does it for contexts that come from DI; call this for
    /// those that don't: a design-time factory, a test. Safe to call more than once. Where the context has an internal service provider of
    /// its own, that provider needs <c>AddEntityFrameworkSessions()</c> too.
    /// </summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="options">The builder of the context's options.</param>
    /// <returns>The same builder.</returns>
    public static DbContextOptionsBuilder UseSessions<TUser>(this DbContextOptionsBuilder options)
        where TUser : class
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.UseSessions(typeof(TUser));
    }

    internal static DbContextOptionsBuilder UseSessions(this DbContextOptionsBuilder options, Type userType)
    {
        if (options.Options.FindExtension<SessionsOptionsExtension>() is not null)
        {
            return options;
        }

        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new SessionsOptionsExtension(userType));
        return options.AddInterceptors(TrailGuardInterceptor.Instance, AccountChangeInterceptor.For(userType));
    }
}
