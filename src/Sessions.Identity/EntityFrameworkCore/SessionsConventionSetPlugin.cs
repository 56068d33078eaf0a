using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Adds our tables to the model of a context without a line in its class. Composes with other plug-ins.</summary>
internal sealed class SessionsConventionSetPlugin(IDbContextOptions options) : IConventionSetPlugin
{
    public ConventionSet ModifyConventions(ConventionSet conventionSet)
    {
        // An internal service provider of the host's may serve other contexts too.
        if (options.FindExtension<SessionsOptionsExtension>()?.UserType is not { } userType)
        {
            return conventionSet;
        }

        conventionSet.EntityTypeAddedConventions.Add(new SessionTablesConvention(userType));

        // After the built-in ones: a foreign key without a navigation that is added earlier is cleaned away again.
        conventionSet.ModelFinalizingConventions.Add(new SessionUserConvention(userType));
        var filters = new FilteredIndexConvention(userType, ProviderOf(options));
        conventionSet.PropertyAnnotationChangedConventions.Add(filters);
        conventionSet.ModelFinalizingConventions.Add(filters);
        return conventionSet;
    }

    // As EF itself names it.
    private static string? ProviderOf(IDbContextOptions options) =>
        options.Extensions.FirstOrDefault(extension => extension.Info.IsDatabaseProvider)?.GetType().Assembly.GetName().Name;
}
