using Sessions.UI.Blazor;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the pages of Sessions to a Blazor app.</summary>
public static class SessionsPagesExtensions
{
    /// <summary>
    /// Maps the pages of Sessions beside the app's own: <c>/Account/Manage/Devices</c> and its history, <c>/Account/ConfirmAccess</c>, and what
    /// people are sent to. They are static: they need no circuit, no WebAssembly and no script.
    /// </summary>
    /// <param name="builder">What <c>MapRazorComponents</c> returned.</param>
    /// <param name="manageLayout">
    /// The layout of the pages on which people manage their account. Left out: that of the app's own pages below <c>/Account/Manage</c>, as the
    /// Blazor template has them, and where there are none, the router's default layout.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// A page of the app's own at the same address goes before ours. Whoever was signed out reads why on the app's login page, where that shows
    /// the template's <c>StatusMessage</c>.
    /// </remarks>
    public static RazorComponentsEndpointConventionBuilder AddSessionsPages(this RazorComponentsEndpointConventionBuilder builder, Type? manageLayout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddAdditionalAssemblies(typeof(SessionsPagesExtensions).Assembly);
        builder.Add(new PageConvention(manageLayout).Apply);
        return builder;
    }
}
