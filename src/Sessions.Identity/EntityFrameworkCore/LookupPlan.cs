using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>How a context's sessions are looked up: by a plain command, or why not.</summary>
internal sealed record LookupPlan(LookupCommand? Command, string? WhyOrdinary)
{
    // Known to be safe: their connections need nothing that the connection string doesn't say.
    private static readonly string[] _plainProviders = [ProviderNames.Sqlite, ProviderNames.Postgres];

    public static LookupPlan For<TUser, TKey>(DbContext context, TimeSpan timeout)
        where TUser : IdentityUser<TKey>
        where TKey : IEquatable<TKey>
    {
        if (!_plainProviders.Contains(context.Database.ProviderName))
        {
            return new(null, "its provider is not known to allow a plain command");
        }

        // Options that the context sets for itself, or a model that differs by tenant, can't be told from outside.
        if (DeclaresOnConfiguring(context.GetType()))
        {
            return new(null, "the context overrides OnConfiguring");
        }

        if (TakesMoreThanOptions(context.GetType()))
        {
            return new(null, "the context's constructor takes more than its options, so it may choose the connection");
        }

        if (ConnectsInAnotherWay(context))
        {
            return new(null, "a service of EF Core has been added or replaced that has a say in connections or commands");
        }

        if (context.GetService<IModelCacheKeyFactory>().GetType().Assembly != typeof(DbContext).Assembly)
        {
            return new(null, "the context has a model cache key of its own");
        }

        if (DbProviderFactories.GetFactory(context.Database.GetDbConnection()) is not { } factory)
        {
            return new(null, "its connections come from no provider factory");
        }

        var columns = LookupColumns.Of(
            context.Model.FindEntityType(typeof(IdentityUserSession<TKey>)), context.Model.FindEntityType(typeof(TUser)), context.GetService<ISqlGenerationHelper>());
        return columns is null
            ? new(null, "the tables are mapped in a way that a plain command does not read")
            : new(new LookupCommand(factory, columns, timeout, blocks: context.Database.ProviderName == ProviderNames.Sqlite), null);
    }

    private static bool TakesMoreThanOptions(Type contextType) => contextType
        .GetConstructors()
        .SelectMany(constructor => constructor.GetParameters())
        .Any(parameter => !typeof(DbContextOptions).IsAssignableFrom(parameter.ParameterType));

    // Interceptors that another library brought are not among the options' own; and a connection may be replaced as a whole.
    private static bool ConnectsInAnotherWay(DbContext context)
    {
        var interceptors = context.GetService<IInterceptors>();
        var provider = context.GetService<IDatabaseProvider>().GetType().GetGenericArguments()[0].Assembly;
        return interceptors.Aggregate<IDbConnectionInterceptor>() is not null
            || interceptors.Aggregate<IDbCommandInterceptor>() is not null
            || interceptors.Aggregate<IDbTransactionInterceptor>() is not null
            || context.GetService<IRelationalConnection>().GetType().Assembly != provider
            || context.GetService<ISqlGenerationHelper>().GetType().Assembly != provider;
    }

    private static bool DeclaresOnConfiguring(Type contextType)
    {
        for (var type = contextType; type is not null && type != typeof(DbContext); type = type.BaseType)
        {
            if (type.GetMethod("OnConfiguring", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
