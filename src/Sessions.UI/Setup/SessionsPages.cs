using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;

namespace Sessions.UI;

/// <summary>Finds our pages where the app maps Razor Pages.</summary>
internal sealed class SessionsPages : ISessionsPages
{
    public string? LimitPath(HttpContext context) => PathOf(context, DevicesLimitModel.Path);

    public string? ConfirmAccessPath(HttpContext context) => PathOf(context, ConfirmAccessModel.Path);

    private static string? PathOf(HttpContext context, string page) =>
        context.RequestServices.GetService<LinkGenerator>()?.GetPathByPage(context, page, handler: null, values: new { area = "Identity" });
}
