using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.Identity.Notices;
using Sessions.Identity.Validation;

namespace Sessions.Identity;

/// <summary>Looks at the app's set-up when it starts: what can't work fails now, with the line to write; what loses something is said once.</summary>
internal sealed class SetupCheck(
    SessionsRegistration registration, SessionsState state, IServiceScopeFactory scopes, IOptions<UserSessionOptions> options, ILogger<SetupCheck> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        CheckStore(scope.ServiceProvider);
        if (!state.IsEnabled)
        {
            return;
        }

        await CheckAuthenticationAsync(scope.ServiceProvider);
        CheckSignInManager();
        CheckHooks(scope.ServiceProvider);
        CheckMail(scope.ServiceProvider);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void CheckStore(IServiceProvider services)
    {
        if (UserKey.TypeOf(registration.UserType) is not { } keyType)
        {
            throw new InvalidOperationException(SetupErrors.UserWithoutKey(registration.UserType));
        }

        if (registration.StoreContextType is not { } storeContext)
        {
            throw new InvalidOperationException(SetupErrors.NoStore);
        }

        if (TryGetContext(services, storeContext) is not { } context)
        {
            return;
        }

        if (context.Database.ProviderName == "Microsoft.EntityFrameworkCore.InMemory")
        {
            state.Disable();
            logger.InMemoryProvider(storeContext.Name);
            return;
        }

        if (!context.Database.IsRelational())
        {
            throw new InvalidOperationException(SetupErrors.Provider(context.Database.ProviderName, storeContext));
        }

        if (context.Model.FindEntityType(UserKey.SessionEntity(keyType)) is null)
        {
            var hasOwnServices = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.InternalServiceProvider is not null;
            throw new InvalidOperationException(
                hasOwnServices ? SetupErrors.InternalServiceProvider(storeContext) : SetupErrors.NoTables(storeContext, registration.UserType));
        }
    }

    // A context that can only be made within a request (a tenant's) is not this check's to judge.
    private DbContext? TryGetContext(IServiceProvider services, Type contextType)
    {
        try
        {
            var context = (DbContext)services.GetRequiredService(contextType);
            _ = context.Database.ProviderName;
            return context;
        }
#pragma warning disable CA1031 // Whatever keeps the host's context from being made now is the host's to report when it is used.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.StartupCheckSkipped(fault);
            return null;
        }
    }

    // Asks the app's own authentication service with a request of nobody: the answer does not matter, the way there does.
    private static async Task CheckAuthenticationAsync(IServiceProvider services)
    {
        var probe = new CompositionProbe();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Features.Set(probe);
        try
        {
            await services.GetRequiredService<IAuthenticationService>().AuthenticateAsync(context, IdentityConstants.ApplicationScheme);
        }
#pragma warning disable CA1031 // An app without that scheme, or a service that wants a real request: only whether we were reached counts.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        if (!probe.WasReached)
        {
            throw new InvalidOperationException(SetupErrors.NotReached);
        }
    }

    private void CheckSignInManager()
    {
        var ours = typeof(SessionSignInManager<>).MakeGenericType(registration.UserType);
        if (registration.SignInManagerType is { } manager && !ours.IsAssignableFrom(manager))
        {
            logger.SignInManagerReplaced(manager.IsGenericType ? $"SignInManager<{registration.UserType.Name}>" : manager.Name, registration.UserType.Name);
        }
    }

    private void CheckHooks(IServiceProvider services)
    {
        if (options.Value.EventsType is { } type && services.GetService<IServiceProviderIsService>()?.IsService(type) == false)
        {
            throw new InvalidOperationException(SetupErrors.EventsNotRegistered(type));
        }
    }

    private void CheckMail(IServiceProvider services)
    {
        if (options.Value.NewDeviceMail.SiteAddress is null)
        {
            return;
        }

        if (services.GetService<INewDeviceMailWriter>() is null)
        {
            logger.NoMailWriter();
        }
        else if (services.GetRequiredService<ISessionEmailSender>() is AppEmailSender { IsReal: false })
        {
            logger.NoMailSender();
        }
    }
}
