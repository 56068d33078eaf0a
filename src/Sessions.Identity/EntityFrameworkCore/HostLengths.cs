using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Fits new rows into the lengths of the context's own model: a host's conventions may have made our columns shorter.</summary>
internal static class HostLengths
{
    // Cut, they would not be JSON any more. Nothing depends on them.
    private static readonly string[] _json = ["MethodDetail", "ClientHints", "Metadata"];

    // Cut, they would be other keys.
    private static readonly string[] _whole = ["KeyDigest", "StampDigest", "TwoFactorRememberDigest", "NoticeKeyDigest", "WriteKey", "BurstKey"];

    private static readonly ConditionalWeakTable<IEntityType, Length[]> _ofType = [];

    public static void Keep(DbContext context) => context.SavingChanges += static (saving, _) => Fit(((DbContext)saving!).ChangeTracker);

    private static void Fit(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries().Where(entry => entry.State == EntityState.Added && entry.Entity is IOriginColumns))
        {
            foreach (var (property, most) in _ofType.GetValue(entry.Metadata, LengthsOf))
            {
                if (entry.CurrentValues[property] is string text && text.Length > most)
                {
                    entry.CurrentValues[property] = _json.Contains(property.Name) ? null : ColumnLengths.Cut(text, most);
                }
            }
        }
    }

    private static Length[] LengthsOf(IEntityType type) =>
    [
        .. type.GetProperties()
            .Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is not null && !_whole.Contains(property.Name))
            .Select(property => new Length(property, property.GetMaxLength()!.Value)),
    ];

    private readonly record struct Length(IProperty Property, int Most);
}
