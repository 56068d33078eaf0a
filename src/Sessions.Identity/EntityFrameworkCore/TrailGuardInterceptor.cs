using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Keeps the trail append-only: a tracked change or removal of an event throws.</summary>
internal sealed class TrailGuardInterceptor : SaveChangesInterceptor
{
    public static TrailGuardInterceptor Instance { get; } = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Guard(eventData.Context);
        return base.SavingChanges(eventData, result);
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Guard(eventData.Context);
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    private static void Guard(DbContext? context)
    {
        if (context is null)
        {
            return;
        }

        foreach (var entry in TrackedEntries.Of(context.ChangeTracker, entry => entry.State != EntityState.Added && IsEvent(entry.Metadata.ClrType)))
        {
            entry.DetectChanges();
            if (entry.State is EntityState.Modified or EntityState.Deleted)
            {
                throw new InvalidOperationException(
                    "The trail of sessions is append-only: an event that was written is history and is not changed or removed. " +
                    "To erase a person's events or to let old ones go, use retention (UserSessionOptions.EventRetention) or erasure.");
            }
        }
    }

    private static bool IsEvent(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.IsGenericType && current.GetGenericTypeDefinition() == typeof(IdentitySessionEvent<>))
            {
                return true;
            }
        }

        return false;
    }
}
