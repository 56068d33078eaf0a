using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Limits;

namespace Sessions.UI.SignIn;

/// <summary>Finds the page that asks, where the app maps Razor Pages.</summary>
internal sealed class ChoicePage : IChoicePage
{
    public string? PathFor(HttpContext context) =>
        context.RequestServices.GetService<LinkGenerator>()?.GetPathByPage(context, DevicesLimitModel.Path, handler: null, values: new { area = "Identity" });
}
