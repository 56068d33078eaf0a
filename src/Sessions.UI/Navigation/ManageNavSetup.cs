using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.Options;

namespace Sessions.UI.Navigation;

/// <summary>Adds our entry to the menu of Identity UI's Manage pages.</summary>
internal sealed class ManageNavSetup : IConfigureOptions<RazorViewEngineOptions>
{
    public void Configure(RazorViewEngineOptions options) => options.ViewLocationExpanders.Add(new ManageNavExpander());
}
