using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Leaves out of the indexes by who did it all that nobody else did, so that a sign-in pays nothing for them (docs/decisions/0098).</summary>
/// <remarks>With the column's name as the app has it in the end: other conventions may rename it before or after this one.</remarks>
internal sealed class ActorIndexConvention(Type userType, string? provider) : IModelFinalizingConvention, IPropertyAnnotationChangedConvention
{
    private static readonly string[] _actors = [nameof(IdentityUserSession<>.EndedBy), nameof(IdentitySessionEvent<>.ActorId)];

    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes().Where(IsOurs))
        {
            foreach (var property in _actors.Select(entity.FindProperty).OfType<IConventionProperty>())
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
        if (name == RelationalAnnotationNames.ColumnName && _actors.Contains(property.Name) && property.DeclaringType is IConventionEntityType entity && IsOurs(entity))
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

        foreach (var index in property.GetContainingIndexes().Where(index => index.Properties[0] == property))
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

    private bool IsOurs(IConventionEntityType entity) =>
        UserKey.TypeOf(userType) is { } key && (entity.ClrType == UserKey.SessionEntity(key) || entity.ClrType == UserKey.EventEntity(key));
}
