using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;

namespace Sessions.UI;

/// <summary>What a component asks by itself where its page gave it nothing to show.</summary>
internal static class OwnSessions
{
    /// <summary>Asks about the person who makes the request.</summary>
    /// <returns>The answer, or <see langword="null"/> while the registry can't be reached.</returns>
    public static async Task<T?> AskOwnAsync<T>(this IServiceProvider services, Func<ICurrentUserSessions, Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask(services.GetRequiredService<ICurrentUserSessions>());
        }
        catch (SessionsUnavailableException)
        {
            return null;
        }
    }
}
