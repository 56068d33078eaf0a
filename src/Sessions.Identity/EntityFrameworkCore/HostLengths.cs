using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Fits new rows into the lengths of the context's own model: a host's conventions may have made our columns shorter.</summary>
internal static class HostLengths
{
    // Cut, they would not be JSON any more. Nothing depends on them.
    private static readonly string[] _json = ["MethodDetail", "ClientHints", "Metadata"];

    // Cut, they would be other keys.
    private static readonly string[] _whole = ["KeyDigest", "StampDigest", "TwoFactorRememberDigest", "NoticeKeyDigest", "WriteKey", "BurstKey"];

    public static void Keep(DbContext context) => context.SavingChanges += static (saving, _) => Fit(((DbContext)saving!).ChangeTracker);

    private static void Fit(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries().Where(entry => entry.State == EntityState.Added && entry.Entity is IOriginColumns))
        {
            foreach (var property in entry.Properties)
            {
                if (property.CurrentValue is string text && property.Metadata.GetMaxLength() is { } length && text.Length > length && !_whole.Contains(property.Metadata.Name))
                {
                    property.CurrentValue = _json.Contains(property.Metadata.Name) ? null : ColumnLengths.Cut(text, length);
                }
            }
        }
    }
}
