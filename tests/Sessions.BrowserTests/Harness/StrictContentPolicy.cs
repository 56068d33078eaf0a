using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Sessions.BrowserTests.Harness;

/// <summary>Allows a page nothing that is not a file of the app: no inline script or style, no other origin.</summary>
internal sealed class StrictContentPolicy : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return following(context);
        });
        next(app);
    };
}
