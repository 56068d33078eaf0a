using Microsoft.Extensions.Localization;
using Sessions.UI;
using Sessions.UI.Words;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets an app say things in its own words.</summary>
public static class SessionsTextsServiceCollectionExtensions
{
    /// <summary>Takes texts of the pages, components and mails from the app's own resources where they have them: other words, or another language.</summary>
    /// <typeparam name="TTexts">The class that the app's resource files are named after, with the keys of <see cref="SessionsText"/>.</typeparam>
    /// <param name="services">The app's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSessionsTexts<TTexts>(this IServiceCollection services)
        where TTexts : class
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddTransient<IStringLocalizer<SessionsText>, OverriddenText<TTexts>>();
    }
}
