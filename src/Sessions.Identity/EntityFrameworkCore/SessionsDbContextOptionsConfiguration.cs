using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Adds our tables to the context that the app's user store uses, however and whenever that context is registered.</summary>
/// <remarks>Registered as an open generic, it is asked for every context of the app; unrelated ones are left alone.</remarks>
internal sealed class SessionsDbContextOptionsConfiguration<TContext>(SessionsRegistration registration) : IDbContextOptionsConfiguration<TContext>
    where TContext : DbContext
{
    public void Configure(IServiceProvider serviceProvider, DbContextOptionsBuilder optionsBuilder)
    {
        if (registration.StoreContextType is { } store && store.IsAssignableFrom(typeof(TContext)))
        {
            optionsBuilder.UseSessions(registration.UserType);
        }
    }
}
