using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Sees that a request registers a user with a password, so that the sign-in that follows in it is told for what it is.</summary>
internal sealed class RegistrationInterceptor(Type userType) : SaveChangesInterceptor
{
    // Its value is the execution context's, whatever accessor the app has registered.
    private static readonly HttpContextAccessor _contexts = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Look(eventData.Context);
        return base.SavingChanges(eventData, result);
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Look(eventData.Context);
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    private void Look(DbContext? context)
    {
        if (context is null || _contexts.HttpContext is not { } request)
        {
            return;
        }

        var registered = TrackedEntries.Of(context.ChangeTracker, entry =>
            entry.State == EntityState.Added
            && userType.IsInstanceOfType(entry.Entity)
            && entry.Metadata.FindProperty(nameof(IdentityUser.PasswordHash)) is not null
            && entry.Property(nameof(IdentityUser.PasswordHash)).CurrentValue is not null);
        if (registered.Count == 1)
        {
            SessionRequest.Of(request).RegisteredUser = registered[0].Entity;
        }
    }
}
