using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Devices;

/// <summary>Puts <see cref="RequestClientHints"/> in front of the host's pipeline, where the option asks for it.</summary>
internal sealed class ClientHintsStartupFilter(IOptions<UserSessionOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.RequestClientHints)
        {
            app.Use((context, pipeline) =>
            {
                // What is registered first runs last: then the host's own header is there, and forwarded headers told whether it is secure.
                context.Response.OnStarting(() =>
                {
                    RequestClientHints.Apply(context);
                    return Task.CompletedTask;
                });
                return pipeline(context);
            });
        }

        next(app);
    };
}
