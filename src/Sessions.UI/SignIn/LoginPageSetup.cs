using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Sessions.UI.SignIn;

/// <summary>Puts the reason of a refusal on the login page, Identity UI's own or a scaffolded one: both have this path.</summary>
internal sealed class LoginPageSetup : IConfigureOptions<RazorPagesOptions>
{
    public void Configure(RazorPagesOptions options) =>
        options.Conventions.AddAreaPageApplicationModelConvention("Identity", "/Account/Login", page => page.Filters.Add(new SignedOutReasonFilter()));
}
