using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Looks at what a host's context tracks without detecting changes of everything: the host's own save does that once.</summary>
internal static class TrackedEntries
{
    public static List<EntityEntry> Of(ChangeTracker tracker, Func<EntityEntry, bool> which)
    {
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries().Where(which)];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }
}
