using Microsoft.Extensions.Logging;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Diagnostics;

/// <summary>Every line that Sessions logs. Never a key, a typed name, an address or a user agent.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Session tracking failed in {Step}. Authentication goes on without it.")]
    public static partial void TrackingFailed(this ILogger logger, Exception exception, TrackingStep step);

    [LoggerMessage(2, LogLevel.Debug, "Session tracking failed again in {Step}: {Fault}.")]
    public static partial void TrackingFailedAgain(this ILogger logger, TrackingStep step, string fault);

    [LoggerMessage(3, LogLevel.Warning, "The store of sessions keeps timing out. Requests pass unchecked for {Duration}, then it is tried again.")]
    public static partial void CircuitOpened(this ILogger logger, TimeSpan duration);

    [LoggerMessage(4, LogLevel.Information, "The store of sessions answers again. Requests are checked as before.")]
    public static partial void CircuitClosed(this ILogger logger);

    [LoggerMessage(5, LogLevel.Information, "Session {SessionId} began in scheme {Scheme} by {Method}.")]
    public static partial void SessionBegan(this ILogger logger, Guid sessionId, string scheme, string method);

    [LoggerMessage(6, LogLevel.Information, "A request was refused: its session is {Outcome} ({Reason}).")]
    public static partial void RequestRefused(this ILogger logger, string outcome, string reason);

    [LoggerMessage(7, LogLevel.Information, "Session {SessionId} was adopted.")]
    public static partial void SessionAdopted(this ILogger logger, Guid sessionId);

    [LoggerMessage(8, LogLevel.Information, "{Count} sessions ended: {Reason}.")]
    public static partial void SessionsEnded(this ILogger logger, int count, string reason);

    [LoggerMessage(9, LogLevel.Warning, "A sign-out could not be written. The cookie is gone; its session's end is tried again in the background.")]
    public static partial void SignOutDeferred(this ILogger logger);

    [LoggerMessage(10, LogLevel.Error, "{Count} sign-outs could not be written and are lost: copies of their cookies stay valid until they expire.")]
    public static partial void SignOutsLost(this ILogger logger, int count);

    [LoggerMessage(11, LogLevel.Information, "A deferred sign-out was written.")]
    public static partial void SignOutWritten(this ILogger logger);

    [LoggerMessage(12, LogLevel.Warning, "The context {Context} uses EF Core's in-memory provider. Sessions track nothing there: sign-ins work as without Sessions.")]
    public static partial void InMemoryProvider(this ILogger logger, string context);

    [LoggerMessage(13, LogLevel.Warning, "{SignInManager} takes the place of Sessions' sign-in manager, so failed sign-ins are not seen and every sign-in's method is unknown. Derive it from SessionSignInManager<{User}> instead of SignInManager<{User}>, or call AddSessions() after AddSignInManager().")]
    public static partial void SignInManagerReplaced(this ILogger logger, string signInManager, string user);

    [LoggerMessage(14, LogLevel.Error, "A hook for {Kind} failed. Nothing else is affected.")]
    public static partial void HookFailed(this ILogger logger, Exception exception, string kind);

    [LoggerMessage(15, LogLevel.Warning, "An event of kind {Kind} was written, but no hook is told of it: the queue of hooks is full, or the app is stopping.")]
    public static partial void HookDropped(this ILogger logger, string kind);

    [LoggerMessage(16, LogLevel.Debug, "The look-up of sessions uses EF Core's query: {Reason}.")]
    public static partial void OrdinaryLookup(this ILogger logger, string reason);

    [LoggerMessage(17, LogLevel.Warning, "Sessions could not check the app's set-up when it started. They are checked at each use.")]
    public static partial void StartupCheckSkipped(this ILogger logger, Exception exception);

    [LoggerMessage(40, LogLevel.Information, "Swept: {Expired} sessions expired, {Pruned} pruned, {Events} events and {Sessions} ended sessions purged, {People} people forgotten.")]
    public static partial void Swept(this ILogger logger, int expired, int pruned, int events, int sessions, int people);

    [LoggerMessage(41, LogLevel.Information, "A person was forgotten: their sessions and their trail.")]
    public static partial void UserForgotten(this ILogger logger);

    [LoggerMessage(42, LogLevel.Warning, "What is left of {Count} deleted accounts could not be removed now. The sweep will remove it.")]
    public static partial void ForgettingLeftToSweep(this ILogger logger, int count);

    [LoggerMessage(19, LogLevel.Error, "Session tracking failed in {Step} with {Fault}. That part of the description stays blank.")]
    public static partial void DescriptionFailed(this ILogger logger, TrackingStep step, string? fault);

    [LoggerMessage(20, LogLevel.Error, "{Count} accounts changed, but their other sessions could not be ended at once. A changed security stamp is found at their next request.")]
    public static partial void AccountChangesLost(this ILogger logger, int count);

    [LoggerMessage(44, LogLevel.Information, "A remembered machine is asked for the second factor again: its session was revoked, or is not known.")]
    public static partial void MachineNotRemembered(this ILogger logger);

    [LoggerMessage(75, LogLevel.Warning, "The queue of mails was full: a person is not told of a sign-in from a new device.")]
    public static partial void MailDropped(this ILogger logger);

    [LoggerMessage(76, LogLevel.Warning, "The mail about event {EventId} could not be sent ({Fault}). It is tried again in {Pause}.")]
    public static partial void MailFailed(this ILogger logger, Guid eventId, string fault, TimeSpan pause);

    [LoggerMessage(77, LogLevel.Error, "The mail about event {EventId} was given up after {Tries} tries ({Fault}).")]
    public static partial void MailGivenUp(this ILogger logger, Guid eventId, int tries, string fault);

    [LoggerMessage(78, LogLevel.Warning, "UserSessionOptions.NewDeviceMail.SiteAddress is set, but the app has no sender of mails: nobody is told of new devices. Register an IEmailSender or an ISessionEmailSender.")]
    public static partial void NoMailSender(this ILogger logger);

    [LoggerMessage(79, LogLevel.Warning, "UserSessionOptions.NewDeviceMail.SiteAddress is set, but the app doesn't reference Sessions.UI, which writes the mail and has the pages that its links lead to: nobody is told of new devices.")]
    public static partial void NoMailWriter(this ILogger logger);

    [LoggerMessage(100, LogLevel.Information, "The operators' pages at {Path} are not served. To turn them on, name who may open them: options.Administration.Policy = \"…\", an authorization policy of the app.")]
    public static partial void AdministrationIsOff(this ILogger logger, string path);

    [LoggerMessage(101, LogLevel.Information, "Ending of sessions {Id} is done: {Count} ended.")]
    public static partial void EndingDone(this ILogger logger, Guid id, int count);

    [LoggerMessage(102, LogLevel.Information, "Ending of sessions {Id} stopped after {Count}, by an operator or since another node has it.")]
    public static partial void EndingStopped(this ILogger logger, Guid id, int count);

    [LoggerMessage(103, LogLevel.Error, "A page of the operators could not be shown: the registry of sessions could not be read or written.")]
    public static partial void AdministrationUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(60, LogLevel.Warning, "UserSessionOptions.Geolocation.{Option} is '{Path}', but {Reason}. {Meanwhile}; the file is looked at again every few seconds.")]
    public static partial void DatabaseUnusable(this ILogger logger, string option, string path, string reason, string meanwhile);

    [LoggerMessage(61, LogLevel.Information, "The database '{Path}' is in use: {Type}, built {Built}.")]
    public static partial void DatabaseOpened(this ILogger logger, string path, string type, DateTime built);

    [LoggerMessage(62, LogLevel.Warning, "{Option} believes headers of a CDN, but no network of it is known: whoever reaches the app past it can write what they like there. Set ForwardedHeadersOptions.KnownIPNetworks (or KnownProxies) to the addresses that it connects from; docs/locations.md shows how.")]
    public static partial void CdnWithoutKnownNetworks(this ILogger logger, string option);

    [LoggerMessage(63, LogLevel.Debug, "The place of a sign-in was not looked for: too many searches are under way.")]
    public static partial void LocationNotAsked(this ILogger logger);

    [LoggerMessage(64, LogLevel.Information, "A sign-in waits: its user is signed in on as many devices as they may be, and is asked which one to sign out.")]
    public static partial void ChoiceAsked(this ILogger logger);

    [LoggerMessage(65, LogLevel.Information, "A user turned back at the limit of their devices.")]
    public static partial void ChoiceDeclined(this ILogger logger);
}
