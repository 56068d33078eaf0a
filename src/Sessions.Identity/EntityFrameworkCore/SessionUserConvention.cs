using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Ties the registry to the users' table once the host's model is complete: the foreign key, and the shape of the user's key.</summary>
internal sealed class SessionUserConvention(Type userType) : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        var model = modelBuilder.Metadata;
        if (UserKey.TypeOf(userType) is not { } keyType
            || model.FindEntityType(userType) is not { } user
            || user.FindPrimaryKey() is not { Properties.Count: 1 } key)
        {
            return;
        }

        if (model.FindEntityType(UserKey.SessionEntity(keyType)) is { } session && session.FindProperty("UserId") is { } owner)
        {
            session.Builder
                .HasRelationship(user, [owner], key, fromDataAnnotation: true)?
                .OnDelete(DeleteBehavior.Cascade, fromDataAnnotation: true);
        }

        // An event has no foreign key: it outlives the user where the host says so. Its column still has the key's shape.
        if (model.FindEntityType(UserKey.EventEntity(keyType))?.FindProperty("UserId") is { } eventUser)
        {
            CopyShape(key.Properties[0], eventUser.Builder);
        }
    }

    private static void CopyShape(IConventionProperty from, IConventionPropertyBuilder to)
    {
        to.HasMaxLength(from.GetMaxLength(), fromDataAnnotation: true);
        to.IsUnicode(from.IsUnicode(), fromDataAnnotation: true);
        if (from.GetValueConverter() is { } converter)
        {
            to.HasConversion(converter, fromDataAnnotation: true);
        }
    }
}
