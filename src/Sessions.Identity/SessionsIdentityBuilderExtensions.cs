using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Access;
using Sessions.Identity.Accounts;
using Sessions.Identity.Administration;
using Sessions.Identity.Connections;
using Sessions.Identity.Devices;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.Identity.Events;
using Sessions.Identity.Limits;
using Sessions.Identity.Locations;
using Sessions.Identity.Locations.Databases;
using Sessions.Identity.Locations.Travel;
using Sessions.Identity.Notices;
using Sessions.Identity.Revocation;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Sweep;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sessions to an app that has Identity.</summary>
public static class SessionsIdentityBuilderExtensions
{
    /// <summary>
    /// Tracks every session, device and sign-in of the app's users in its own Identity DbContext, and makes each of them revocable.
    /// </summary>
    /// <param name="builder">The builder of AddDefaultIdentity, AddIdentity, AddIdentityCore or AddIdentityApiEndpoints.</param>
    /// <param name="configure">Options, on top of those of earlier calls.</param>
    /// <returns>A builder for the calls that follow. The order of the calls does not matter.</returns>
    /// <exception cref="InvalidOperationException">It was called for another type of user before.</exception>
    /// <remarks>Safe to call more than once: settings add up.</remarks>
    public static IdentityBuilder AddSessions(this IdentityBuilder builder, Action<UserSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (!IsAdded(services, builder.UserType))
        {
            services.AddSessionServices(builder.UserType);
        }

        var later = new SessionsServiceCollection(services, builder.UserType);
        return builder.RoleType is { } roleType ? new IdentityBuilder(builder.UserType, roleType, later) : new IdentityBuilder(builder.UserType, later);
    }

    private static void AddSessionServices(this IServiceCollection services, Type userType)
    {
        var registration = new SessionsRegistration(userType, services);
        services.AddSingleton(registration);
        services.AddSingleton<SessionsState>();

        // What we stand on.
        services.AddHttpContextAccessor();
        services.AddDataProtection();
        services.AddAuthenticationCore();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<UserSessionOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<UserSessionOptions>, UserSessionOptionsValidator>());

        // The boundary, and what can be seen of it.
        services.TryAddSingleton<SessionMetrics>();
        services.TryAddSingleton<TrackingCircuit>();
        services.TryAddSingleton<TrackingBoundary>();

        // The tables, in whatever way the app registers its context.
        services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IDbContextOptionsConfiguration<>), typeof(SessionsDbContextOptionsConfiguration<>)));
        services.TryAdd(ServiceDescriptor.Scoped(typeof(IUserStore<>), typeof(MissingUserStore<>)));
        services.TryAddSingleton(root => new StoreFactory(registration, root));
        services.TryAddScoped(scope => scope.GetRequiredService<StoreFactory>().Create(scope));

        // A sign-in.
        services.TryAddSingleton<IUserAgentParser, UserAgentParser>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, ClientHintsStartupFilter>());
        services.AddLocations();
        services.TryAddSingleton<TicketUser>();
        services.TryAddSingleton<TicketLifetime>();
        services.TryAddSingleton<TrackedSchemes>();
        services.TryAddSingleton<DeviceCookie>();
        services.TryAddSingleton<RequestDescriber>();
        services.TryAddSingleton<SignInFactsResolver>();
        services.TryAddSingleton<FirstStepTicket>();
        services.TryAddSingleton<RememberedMachines>();
        services.TryAddSingleton<KnownDevices>();
        services.TryAddSingleton<EarlyComparer>();
        services.TryAddSingleton<SignInDescriber>();
        services.TryAddSingleton<SignInRecorder>();
        services.TryAddSingleton<SessionlessSignInRecorder>();
        services.TryAddSingleton<StepUpRecorder>();
        services.TryAddSingleton<LastSignInFinder>();
        services.TryAddSingleton<FailureRecorder>();
        services.TryAddSingleton<RecentBursts>();
        services.TryAddSingleton<RateLimitRecorder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IPostConfigureOptions<>), typeof(RemoteFailureSetup<>)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RateLimiterOptions>, RateLimitSetup>());
        services.DecorateSignInManager(userType);

        // A request.
        services.TryAddSingleton<SignedOutNotice>();
        services.TryAddSingleton<TicketCookie>();
        services.TryAddSingleton<AdoptionGate>();
        services.TryAddSingleton<TicketAdopter>();
        services.TryAddSingleton<UnwrittenActivity>();
        services.TryAddSingleton<SessionToucher>();
        services.TryAddSingleton<SessionExpirer>();
        services.TryAddSingleton<AccountCheck>();
        services.TryAddSingleton<SupersededGrace>();
        services.TryAddSingleton(typeof(IPrincipalRefresher), typeof(PrincipalRefresher<>).MakeGenericType(userType));
        services.TryAddSingleton<OwnStampChange>();
        services.TryAddSingleton<RequestTicket>();
        services.TryAddSingleton<ExpiredTicket>();
        services.TryAddSingleton<SessionNamer>();
        services.TryAddSingleton<SessionClaims>();
        services.TryAddSingleton<SessionValidator>();
        services.DecorateStampValidator(userType);
        services.DecorateAuthentication();

        // An end.
        services.TryAddSingleton<SignOutQueue>();
        services.TryAddSingleton<SignOutRecorder>();
        services.TryAddSingleton<SessionSuperseder>();
        services.TryAddSingleton<SessionPruner>();
        services.TryAddSingleton<AccountChanges>();
        services.DecoratePasswordHasher(userType);
        services.TryAddSingleton<HookQueue>();
        services.TryAddSingleton<RepeatedFailureWatch>();
        services.TryAddSingleton<ISessionLabels, CodeLabels>();

        // Hubs and circuits.
        services.AddLiveConnections();

        // Credentials entered again.
        services.AddAccessConfirmation(userType);

        // How many devices.
        services.AddLimits(userType);

        // A mail about it.
        services.AddNotices(userType);

        // What operators do.
        services.AddAdministration();

        // What apps and pages call.
        services.AddManagers(userType);
        services.TryAddSingleton<ISessionsPages, NoSessionsPages>();
        SessionsExtensions.AddTo(services);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SetupCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AdministrationCheck>());

        // Stopped the other way round: the sign-outs that are written last are told too.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MailService>()); // the hooks fill its queue
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HookService>());
        services.AddSweep();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SignOutService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AccountChangeService>());
    }

    // Where from: a geolocator of the host's own takes the place of ours, registered before or after.
    private static void AddLocations(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>();
        services.AddOptions<RequestLocalizationOptions>();
        services.TryAddSingleton<PlaceLanguage>();
        services.TryAddSingleton<IIpGeolocator, MaxMindGeolocator>();
        services.TryAddSingleton<ClientAddressReader>();
        services.TryAddSingleton<LocationFinder>();
        services.TryAddSingleton<LocationFiller>();
        services.TryAddSingleton<TravelRecorder>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LocationCheck>());
    }

    private static bool IsAdded(IServiceCollection services, Type userType)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(SessionsRegistration))?.ImplementationInstance is not SessionsRegistration first)
        {
            return false;
        }

        return first.UserType == userType ? true : throw new InvalidOperationException(SetupErrors.OtherUserType(first.UserType, userType));
    }

    private static void AddManagers(this IServiceCollection services, Type userType)
    {
        services.TryAddScoped<UserSessions>();
        services.TryAddScoped(typeof(UserSessionManager<>).MakeGenericType(userType), ManagerFactory.For(userType));
        services.TryAddScoped<ICurrentUserSessions, CurrentUserSessions>();
    }
}
