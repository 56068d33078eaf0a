using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The type of a user's primary key, and its form as text, as Identity's own stores convert it.</summary>
internal static class UserKey
{
    /// <summary>Finds the key type of a user that derives from <see cref="IdentityUser{TKey}"/>.</summary>
    /// <returns>The key type, or <see langword="null"/> if the user derives from something else.</returns>
    public static Type? TypeOf(Type userType)
    {
        for (var type = userType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IdentityUser<>))
            {
                return type.GetGenericArguments()[0];
            }
        }

        return null;
    }

    /// <summary>The type of a column that may hold no user: the key type itself, or its nullable form for value types.</summary>
    public static Type NullableOf(Type keyType) => keyType.IsValueType ? typeof(Nullable<>).MakeGenericType(keyType) : keyType;

    public static Type SessionEntity(Type keyType) => typeof(IdentityUserSession<>).MakeGenericType(keyType);

    public static Type EventEntity(Type keyType) => typeof(IdentitySessionEvent<>).MakeGenericType(NullableOf(keyType));

    public static TKey? Parse<TKey>(string? text) =>
        text is null ? default : (TKey?)TypeDescriptor.GetConverter(typeof(TKey)).ConvertFromInvariantString(text);

    public static string Format<TKey>(TKey key) =>
        key is string text ? text : Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty;
}
