using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The settings of a provider that hold a delegate or a data source.</summary>
internal static class ConnectionCallbacks
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> _byProvider = new();

    public static PropertyInfo[] Of(Type extension) => _byProvider.GetOrAdd(extension, static type =>
    [
        .. type.GetProperties().Where(property =>
            property.DeclaringType != typeof(RelationalOptionsExtension)
            && property.GetIndexParameters().Length == 0
            && (typeof(Delegate).IsAssignableFrom(property.PropertyType) || typeof(DbDataSource).IsAssignableFrom(property.PropertyType))),
    ]);
}
