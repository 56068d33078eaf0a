namespace Sessions.Identity;

/// <summary>Options for the session layer. Every default is safe to ship. They are validated when the app starts.</summary>
public sealed class UserSessionOptions
{
    /// <summary>Gets or sets how often a session's last activity is written, at most.</summary>
    /// <value>5 minutes by default. <see langword="null"/>: never.</value>
    public TimeSpan? LastSeenInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the most live sessions that a user may keep. The oldest are ended first; the newest always survives.</summary>
    /// <value>100 by default. <see langword="null"/>: no limit.</value>
    public int? MaxSessionsPerUser { get; set; } = 100;

    /// <summary>Gets on how many devices a user may be signed in at the same time, and what happens when they sign in on one more.</summary>
    /// <value>No limit by default.</value>
    public ConcurrentSignInOptions ConcurrentSignIns { get; } = new();

    /// <summary>Gets or sets after how much inactivity a session ends (NIST SP 800-63B-4).</summary>
    /// <value><see langword="null"/> by default: never.</value>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>Gets or sets how old a session may get, whatever its activity (NIST SP 800-63B-4).</summary>
    /// <value><see langword="null"/> by default: as old as its ticket allows.</value>
    public TimeSpan? AbsoluteLifetime { get; set; }

    /// <summary>Gets or sets how often the sweep runs: it ends sessions whose time is over, prunes, and purges what is kept no longer.</summary>
    /// <value>1 hour by default, on one node at a time. <see langword="null"/>: only when <see cref="UserSessionSweeper"/> is called.</value>
    public TimeSpan? SweepInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets whether changing or resetting the password ends the user's other sessions at once.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool RevokeOnPasswordChange { get; set; } = true;

    /// <summary>Gets or sets whether any change of the security stamp ends the user's other sessions at once.</summary>
    /// <value><see langword="true"/> by default. <see langword="false"/>: Identity ends them within its own validation interval.</value>
    public bool RevokeOnSecurityStampChange { get; set; } = true;

    /// <summary>Gets which providers or schemes stand for which method: <c>["okta"] = SignInMethod.SingleSignOn</c>. Their case does not matter.</summary>
    /// <value>Empty by default: every external provider is <see cref="SignInMethod.External"/>.</value>
    public IDictionary<string, string> SignInMethods { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets whether failed sign-ins are written to the trail, with the identity as typed.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool TrackFailedSignIns { get; set; } = true;

    /// <summary>Gets or sets when many failures against one identity raise a hook.</summary>
    /// <value><see langword="null"/> by default: off.</value>
    public RepeatedFailuresOptions? RepeatedFailures { get; set; }

    /// <summary>Gets or sets whether Chromium's client hints are asked for on secure responses (Accept-CH).</summary>
    /// <value><see langword="false"/> by default. Never overrides the host's own header.</value>
    public bool RequestClientHints { get; set; }

    /// <summary>Gets the names of the host's native apps whose user agents begin with the name but don't follow the convention.</summary>
    public IList<string> NativeAppNames { get; } = [];

    /// <summary>Gets or sets how much of a client's address is kept.</summary>
    /// <value><see cref="IpAddressMode.Full"/> by default.</value>
    public IpAddressMode IpAddressMode { get; set; } = IpAddressMode.Full;

    /// <summary>Gets or sets how to find the client's address where the connection doesn't tell it, for hosts behind a CDN.</summary>
    /// <value><see langword="null"/> by default: the connection's address, as ForwardedHeaders left it.</value>
    public Func<Microsoft.AspNetCore.Http.HttpContext, System.Net.IPAddress?>? IpAddressResolver { get; set; }

    /// <summary>Gets or sets to how many decimals coordinates are rounded before they are kept. They are kept on events only.</summary>
    /// <value>2 by default, about a kilometre.</value>
    public int CoordinateDecimals { get; set; } = 2;

    /// <summary>Gets where places come from, and what follows from them.</summary>
    public GeolocationOptions Geolocation { get; } = new();

    /// <summary>Gets what becomes of SignalR connections and Blazor circuits when their session ends.</summary>
    public LiveConnectionOptions LiveConnections { get; } = new();

    /// <summary>Gets when a person must enter their credentials again before they do something sensitive.</summary>
    public AccessConfirmationOptions AccessConfirmation { get; } = new();

    /// <summary>Gets or sets how long events are kept.</summary>
    /// <value>365 days by default. <see langword="null"/>: without end.</value>
    public TimeSpan? EventRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Gets or sets how long rows of ended sessions are kept.</summary>
    /// <value>90 days by default. <see langword="null"/>: without end.</value>
    public TimeSpan? EndedSessionRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets whether people who were signed in before the install get a session at their next request.</summary>
    /// <value><see langword="true"/> by default. <see langword="false"/>: their tickets pass untracked and can't be revoked.</value>
    public bool AdoptExistingSessions { get; set; } = true;

    /// <summary>Gets or sets an instant for hosts that restored a backup: tickets issued before it whose key is in no row are adopted, if their user exists.</summary>
    /// <value><see langword="null"/> by default: a key in no row is refused.</value>
    public DateTimeOffset? AdoptUnknownBefore { get; set; }

    /// <summary>Gets or sets what happens to a sign-in or a request whose tracking failed.</summary>
    /// <value><see cref="TrackingFailureMode.LetThrough"/> by default.</value>
    public TrackingFailureMode OnTrackingFailure { get; set; } = TrackingFailureMode.LetThrough;

    /// <summary>Gets or sets how long tracking may hold up one request, all its steps together.</summary>
    /// <value>2 seconds by default.</value>
    public TimeSpan TrackingTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets the cookie that lets a browser be recognised at its next sign-in.</summary>
    public DeviceCookieOptions DeviceCookie { get; } = new();

    /// <summary>Gets or sets what happens to a person's trail when their account is deleted.</summary>
    /// <value><see cref="DeletedUserMode.Erase"/> by default.</value>
    public DeletedUserMode OnUserDeleted { get; set; } = DeletedUserMode.Erase;

    /// <summary>Gets or sets whether the principal of a tracked request carries the session's id as its <c>sid</c> claim, for logs and for connections that see only the principal.</summary>
    /// <value><see langword="false"/> by default. The claim is never written into the ticket. The id is no credential.</value>
    public bool AddSessionIdClaim { get; set; }

    /// <summary>Gets the mail that tells a person of a sign-in from a device that is new to them.</summary>
    /// <value>Off by default: set its <see cref="NewDeviceMailOptions.SiteAddress"/>.</value>
    public NewDeviceMailOptions NewDeviceMail { get; } = new();

    /// <summary>Gets the operators' pages.</summary>
    /// <value>Off by default: set their <see cref="AdministrationOptions.Policy"/>.</value>
    public AdministrationOptions Administration { get; } = new();

    /// <summary>Gets or sets the callbacks that tell the host what happened.</summary>
    public UserSessionEvents Events { get; set; } = new();

    /// <summary>Gets or sets a class of hooks that is resolved from DI for each call, instead of <see cref="Events"/>.</summary>
    /// <value><see langword="null"/> by default. It derives from <see cref="UserSessionEvents"/> and is registered in DI.</value>
    public Type? EventsType { get; set; }

    /// <summary>Sets the limits of NIST SP 800-63B-4 for authenticator assurance level 2: 1 hour idle, 24 hours in all.</summary>
    public void UseNistAal2() => (IdleTimeout, AbsoluteLifetime) = (TimeSpan.FromHours(1), TimeSpan.FromHours(24));

    /// <summary>Sets the limits of NIST SP 800-63B-4 for authenticator assurance level 3: 15 minutes idle, 12 hours in all.</summary>
    public void UseNistAal3() => (IdleTimeout, AbsoluteLifetime) = (TimeSpan.FromMinutes(15), TimeSpan.FromHours(12));
}
