using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Administration;

/// <summary>Says when the app starts how the operators' pages are turned on, or what is wrong with their policy.</summary>
internal sealed class AdministrationCheck(
    IServiceScopeFactory scopes, ISessionsPages pages, IOptions<UserSessionOptions> options, ILogger<AdministrationCheck> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var administration = options.Value.Administration;
        if (administration.Policy is not { } policy)
        {
            if (pages is not NoSessionsPages)
            {
                logger.AdministrationIsOff(administration.Path);
            }

            return;
        }

        // A provider of the app's own may need a scope.
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IAuthorizationPolicyProvider>() is not { } policies || await policies.GetPolicyAsync(policy) is null)
        {
            throw new InvalidOperationException(SetupErrors.NoSuchPolicy(policy));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
