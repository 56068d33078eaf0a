using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// Leaves the rows without a value out of the indexes of columns that hardly ever have one: a sign-in pays nothing for them (docs/decisions/0098), and
/// a database that reckons with how many rows a value has on average does not count those without (docs/decisions/0104).
/// </summary>
/// <remarks>With the column's name as the app has it in the end: other conventions may rename it before or after this one.</remarks>
internal sealed class FilteredIndexConvention(Type userType, string? provider) : IModelFinalizingConvention, IPropertyAnnotationChangedConvention
{
    private static readonly string[] _sparse =
        [nameof(IdentityUserSession<>.EndedBy), nameof(IdentitySessionEvent<>.ActorId), nameof(IdentitySessionEvent<>.Identity)];

    // Of ours only: an index of the app's own may be there for just the rows that ours leave out.
    private static readonly string[] _indexes = ["EndedBy,EndedAt", "ActorId,OccurredAt", "Identity,OccurredAt,Id"];

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes().Where(IsOurs))
        {
            foreach (var property in _sparse.Select(entity.FindProperty).OfType<IConventionProperty>())
            {
                Filter(property);
            }
        }
    }

    public void ProcessPropertyAnnotationChanged(
        IConventionPropertyBuilder propertyBuilder,
        string name,
        IConventionAnnotation? annotation,
        IConventionAnnotation? oldAnnotation,
        IConventionContext<IConventionAnnotation> context)
    {
        var property = propertyBuilder.Metadata;
        if (name == RelationalAnnotationNames.ColumnName && _sparse.Contains(property.Name) && property.DeclaringType is IConventionEntityType entity && IsOurs(entity))
        {
            Filter(property);
        }
    }

    private void Filter(IConventionProperty property)
    {
        if (FilterOf(property) is not { } filter)
        {
            return;
        }

        foreach (var index in property.GetContainingIndexes().Where(IsOurs))
        {
            index.Builder.HasFilter(filter, fromDataAnnotation: true);
        }
    }

    // Of other databases we don't know whether they can leave rows out of an index, nor how: they keep all of them.
    private string? FilterOf(IConventionProperty property)
    {
        var table = StoreObjectIdentifier.Create(property.DeclaringType, StoreObjectType.Table);
        var column = table is { } known ? property.GetColumnName(known) : null;
        return (provider, column) switch
        {
            (_, null) => null,
            (ProviderNames.Sqlite or ProviderNames.Postgres, _) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\" IS NOT NULL",
            (ProviderNames.SqlServer, _) => $"[{column.Replace("]", "]]", StringComparison.Ordinal)}] IS NOT NULL",
            _ => null,
        };
    }

    private static bool IsOurs(IConventionIndex index) => _indexes.Contains(string.Join(',', index.Properties.Select(property => property.Name)));

    private bool IsOurs(IConventionEntityType entity) =>
        UserKey.TypeOf(userType) is { } key && (entity.ClrType == UserKey.SessionEntity(key) || entity.ClrType == UserKey.EventEntity(key));
}
