using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Connections;

/// <summary>Puts the filter into the options of all hubs, in an app that has hubs or circuits.</summary>
/// <remarks>Told apart by name: an app without them never loads SignalR for our sake.</remarks>
internal sealed class HubFilterSetup<TOptions>(IServiceProvider services) : IPostConfigureOptions<TOptions>
    where TOptions : class
{
    private static readonly bool _isOfHubs = typeof(TOptions).FullName == "Microsoft.AspNetCore.SignalR.HubOptions";

    public void PostConfigure(string? name, TOptions options)
    {
        if (_isOfHubs)
        {
            AddFilter(services, options);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddFilter(IServiceProvider services, object options)
    {
        if (services.GetRequiredService<SessionsState>().IsEnabled)
        {
            Microsoft.AspNetCore.SignalR.HubOptionsExtensions.AddFilter(
                (Microsoft.AspNetCore.SignalR.HubOptions)options, ActivatorUtilities.CreateInstance<SessionHubFilter>(services));
        }
    }
}
