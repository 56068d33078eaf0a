using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Reads one column as EF itself would: by its type mapping, and through the host's value converter.</summary>
internal static class ColumnReader
{
    public static Func<DbDataReader, object?> For(IProperty property, int ordinal)
    {
        var mapping = property.GetRelationalTypeMapping();
        var reader = Expression.Parameter(typeof(DbDataReader), "reader");
        var column = Expression.Constant(ordinal);
        var method = mapping.GetDataReaderMethod();

        Expression instance = method.DeclaringType!.IsAssignableFrom(typeof(DbDataReader)) ? reader : Expression.Convert(reader, method.DeclaringType);
        var value = mapping.CustomizeDataReaderExpression(Expression.Call(instance, method, column));
        if (mapping.Converter is { } converter)
        {
            if (value.Type != converter.ProviderClrType)
            {
                value = Expression.Convert(value, converter.ProviderClrType);
            }

            value = Expression.Invoke(converter.ConvertFromProviderExpression, value);
        }

        var isNull = Expression.Call(reader, nameof(DbDataReader.IsDBNull), Type.EmptyTypes, column);
        var read = Expression.Condition(isNull, Expression.Constant(null, typeof(object)), Expression.Convert(value, typeof(object)));
        return Expression.Lambda<Func<DbDataReader, object?>>(read, reader).Compile();
    }
}
