using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions.IntegrationTests.Setup;

/// <summary>One process of tests has more kinds of contexts than any app: EF Core's warning about that is no concern here.</summary>
internal sealed class ManyProviders<TContext> : IDbContextOptionsConfiguration<TContext>
    where TContext : DbContext
{
    public void Configure(IServiceProvider serviceProvider, DbContextOptionsBuilder optionsBuilder) => optionsBuilder.AllowManyProviders();
}

internal static class ManyProvidersExtensions
{
    public static DbContextOptionsBuilder AllowManyProviders(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning));
}
