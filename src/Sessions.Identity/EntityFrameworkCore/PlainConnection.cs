using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Tells whether a context connects by its connection string and by nothing else, so that a command of ours may do the same.</summary>
internal static class PlainConnection
{
    /// <summary>The connection string, or <see langword="null"/> when something else has a say: a connection object, a data source, callbacks, interceptors.</summary>
    public static string? StringOf(DbContextOptions options)
    {
        var core = options.FindExtension<CoreOptionsExtension>();
        if (core?.InternalServiceProvider is not null || core?.Interceptors?.Any(ConcernsConnections) == true)
        {
            return null;
        }

        var relational = options.Extensions.OfType<RelationalOptionsExtension>().FirstOrDefault();
        return relational is { Connection: null, ConnectionString: { Length: > 0 } text } && !IsMemory(text) && !HasConnectionCallbacks(relational) ? text : null;
    }

    private static bool ConcernsConnections(IInterceptor interceptor) =>
        interceptor is IDbConnectionInterceptor or IDbCommandInterceptor or IDbTransactionInterceptor;

    // A data source, a password or certificate callback of the provider: whatever of its settings could make another connection.
    private static bool HasConnectionCallbacks(RelationalOptionsExtension relational) =>
        ConnectionCallbacks.Of(relational.GetType()).Any(property => property.GetValue(relational) is not null);

    private static bool IsMemory(string connectionString) =>
        connectionString.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
        || connectionString.Contains("Mode=Memory", StringComparison.OrdinalIgnoreCase);
}
