using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Limits;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Sessions.Identity;

/// <summary>
/// Identity's sign-in manager, which also tells the trail how each sign-in was made and which ones failed. It decides nothing: every
/// check and every result is Identity's own.
/// </summary>
/// <typeparam name="TUser">The type of the app's users.</typeparam>
/// <remarks>
/// A host with a sign-in manager of its own derives it from this type instead of <see cref="SignInManager{TUser}"/>; the constructor is
/// the same. Like its base, an instance belongs to one request.
/// </remarks>
public partial class SessionSignInManager<TUser> : SignInManager<TUser>
    where TUser : class
{
    private readonly IAuthenticationSchemeProvider _schemes;

    // What this instance is making, known without asking for a request: a password may be checked where there is none.
    private SignInAttempt? _ownAttempt;
    private bool _isBeforeHash;

    /// <summary>Initializes a new instance of <see cref="SessionSignInManager{TUser}"/>.</summary>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="contextAccessor">The accessor of the request.</param>
    /// <param name="claimsFactory">The factory of principals.</param>
    /// <param name="optionsAccessor">Identity's options.</param>
    /// <param name="logger">The logger.</param>
    /// <param name="schemes">The authentication schemes.</param>
    /// <param name="confirmation">The check whether an account is confirmed.</param>
    public SessionSignInManager(
        UserManager<TUser> userManager,
        IHttpContextAccessor contextAccessor,
        IUserClaimsPrincipalFactory<TUser> claimsFactory,
        IOptions<IdentityOptions> optionsAccessor,
        ILogger<SignInManager<TUser>> logger,
        IAuthenticationSchemeProvider schemes,
        IUserConfirmation<TUser> confirmation)
        : base(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
    {
        _schemes = schemes;
    }

    /// <inheritdoc />
    public override Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure) =>
        AttemptAsync(
            new SignInAttempt { Method = SignInMethod.Password, Identity = userName },
            () => base.PasswordSignInAsync(userName, password, isPersistent, lockoutOnFailure),
            attempt => attempt.FoundUser ? SignInFailureReason.WrongPassword : SignInFailureReason.UnknownUser);

    /// <inheritdoc />
    public override async Task<SignInResult> PasswordSignInAsync(TUser user, string password, bool isPersistent, bool lockoutOnFailure)
    {
        // The overload that takes a name comes through here once it has found the user: that is one attempt, not two.
        if (user is not null && CurrentAttempt is { } outer)
        {
            outer.FoundUser = true;
        }

        return await AttemptAsync(
            new SignInAttempt { Method = SignInMethod.Password },
            () => base.PasswordSignInAsync(user!, password, isPersistent, lockoutOnFailure),
            _ => SignInFailureReason.WrongPassword,
            () => UserManager.GetUserNameAsync(user!));
    }

    /// <inheritdoc />
    public override async Task<SignInResult> CheckPasswordSignInAsync(TUser user, string password, bool lockoutOnFailure)
    {
        // Outside of a sign-in it is only a check, such as an app makes before it issues tokens of its own, perhaps without a request.
        if (_ownAttempt is not { } attempt)
        {
            return await base.CheckPasswordSignInAsync(user, password, lockoutOnFailure);
        }

        var before = attempt.Early;
        _isBeforeHash = true;
        try
        {
            return await base.CheckPasswordSignInAsync(user, password, lockoutOnFailure);
        }
        finally
        {
            _isBeforeHash = false;
            if (attempt.Early is { } early && early != before)
            {
                await early.EndAsync();
            }
        }
    }

    /// <inheritdoc />
    protected override async Task<SignInResult?> PreSignInCheck(TUser user)
    {
        var refusal = await base.PreSignInCheck(user);
        if (refusal is null && _isBeforeHash && _ownAttempt is { } attempt)
        {
            await Boundary.RunHereAsync(TrackingStep.CompareDevice, () => AskEarlyAsync(attempt, user));
        }

        return refusal;
    }

    /// <inheritdoc />
    public override Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        AttemptAsync(
            new SignInAttempt { IsSecondStep = true, SecondFactor = SecondFactor.Authenticator },
            () => base.TwoFactorAuthenticatorSignInAsync(code, isPersistent, rememberClient),
            _ => SignInFailureReason.WrongTwoFactorCode,
            TwoFactorUserNameAsync);

    /// <inheritdoc />
    public override Task<SignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        AttemptAsync(
            new SignInAttempt { IsSecondStep = true, SecondFactor = FactorOf(provider) },
            () => base.TwoFactorSignInAsync(provider, code, isPersistent, rememberClient),
            _ => SignInFailureReason.WrongTwoFactorCode,
            TwoFactorUserNameAsync);

    /// <inheritdoc />
    public override Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        AttemptAsync(
            new SignInAttempt { IsSecondStep = true, SecondFactor = SecondFactor.RecoveryCode },
            () => base.TwoFactorRecoveryCodeSignInAsync(recoveryCode),
            _ => SignInFailureReason.WrongRecoveryCode,
            TwoFactorUserNameAsync);

    /// <inheritdoc />
    public override Task<SignInResult> ExternalLoginSignInAsync(string loginProvider, string providerKey, bool isPersistent, bool bypassTwoFactor) =>
        AttemptAsync(
            new SignInAttempt { Method = SignInMethod.External, Provider = loginProvider },
            () => base.ExternalLoginSignInAsync(loginProvider, providerKey, isPersistent, bypassTwoFactor),
            _ => null); // no account is linked: that leads to registration and is no failure

    /// <inheritdoc />
    public override Task<SignInResult> PasskeySignInAsync(string credentialJson) =>
        AttemptAsync(
            new SignInAttempt { Method = SignInMethod.Passkey },
            () => base.PasskeySignInAsync(credentialJson),
            _ => SignInFailureReason.PasskeyFailed);

    /// <inheritdoc />
    public override async Task RefreshSignInAsync(TUser user)
    {
        using (Begin(new SignInAttempt { IsRefresh = true }))
        {
            await base.RefreshSignInAsync(user);
        }
    }

    /// <inheritdoc />
    public override async Task<ExternalLoginInfo?> GetExternalLoginInfoAsync(string? expectedXsrf = null)
    {
        var info = await base.GetExternalLoginInfoAsync(expectedXsrf);
        SessionRequest.Of(Context).ExternalProvider = info?.LoginProvider;
        return info;
    }

    /// <inheritdoc />
    public override async Task SignInWithClaimsAsync(TUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(additionalClaims);

        // Every way of signing in ends here.
        var claims = additionalClaims as IReadOnlyCollection<Claim> ?? [.. additionalClaims];
        using (var scope = Begin(new SignInAttempt()))
        {
            var authenticationMethod = claims.FirstOrDefault(claim => claim.Type == ClaimTypes.AuthenticationMethod)?.Value;
            if (scope.IsOutermost)
            {
                await DescribeBareAsync(CurrentAttempt!, user, authenticationMethod);
            }
            else if (CurrentAttempt is { IsSecondStep: true } && authenticationMethod is { Length: > 0 })
            {
                // A first step from before Sessions was there didn't tell how it was made; Identity tells of an external one.
                SessionRequest.Of(Context).FirstStep ??= new SignInFacts { Method = SignInMethod.External, Provider = ProviderName.Normalize(authenticationMethod) };
            }

            CurrentAttempt!.AddedClaims = claims;
            CurrentAttempt.UserStampDigest = Context.RequestServices.GetRequiredService<LimitFinder>().MayAsk ? await StampDigestOfAsync(user) : null;
            await Boundary.RunHereAsync(
                TrackingStep.DescribeRequest, async () => CurrentAttempt.AccountName = TypedIdentity.Normalize(await UserManager.GetUserNameAsync(user)));
            await base.SignInWithClaimsAsync(user, authenticationProperties, claims);
        }
    }

    /// <inheritdoc />
    public override async Task<bool> IsTwoFactorClientRememberedAsync(TUser user)
    {
        var isRemembered = await base.IsTwoFactorClientRememberedAsync(user);
        if (isRemembered && CurrentAttempt is { SecondFactor: null, Method: SignInMethod.Password or SignInMethod.External } attempt)
        {
            attempt.SecondFactor = SecondFactor.RememberedBrowser;
        }

        return isRemembered;
    }

    private TrackingBoundary Boundary => Context.RequestServices.GetRequiredService<TrackingBoundary>();

    private SignInAttempt? CurrentAttempt => SessionRequest.Of(Context).Attempt;

    private async Task<SignInResult> AttemptAsync(
        SignInAttempt attempt, Func<Task<SignInResult>> signIn, Func<SignInAttempt, string?> reasonOf, Func<Task<string?>>? identityOf = null)
    {
        using var scope = Begin(attempt);
        var result = await signIn();
        if (!scope.IsOutermost || result is null || result.Succeeded || result.RequiresTwoFactor)
        {
            return result!;
        }

        var reason = result.IsLockedOut ? SignInFailureReason.LockedOut
            : result.IsNotAllowed ? SignInFailureReason.NotAllowed
            : reasonOf(attempt);
        if (reason is not null)
        {
            await FailedAsync(attempt, reason, identityOf);
        }

        return result;
    }

    // Only where a hash follows that hides it, and nearly always a sign-in then: with a second factor it comes in another request.
    private async Task AskEarlyAsync(SignInAttempt attempt, TUser user)
    {
        if (await UserManager.HasPasswordAsync(user) && !(UserManager.SupportsUserTwoFactor && await UserManager.GetTwoFactorEnabledAsync(user)))
        {
            var userId = await UserManager.GetUserIdAsync(user);
            attempt.Early = await Context.RequestServices.GetRequiredService<EarlyComparer>().BeginAsync(Context, AuthenticationScheme, userId);
        }
    }

    private async Task FailedAsync(SignInAttempt attempt, string reason, Func<Task<string?>>? identityOf)
    {
        if (identityOf is not null)
        {
            await Boundary.RunHereAsync(TrackingStep.RecordFailure, async () => attempt.Identity = await identityOf());
        }

        await Context.RequestServices.GetRequiredService<FailureRecorder>().FailedAsync(Context, attempt, AuthenticationScheme, reason);
    }

    // A sign-in that no other call of Identity's leads to: the app says that somebody is signed in, and perhaps how.
    private async Task DescribeBareAsync(SignInAttempt attempt, TUser user, string? authenticationMethod)
    {
        var request = SessionRequest.Of(Context);
        if (string.IsNullOrEmpty(authenticationMethod))
        {
            if (ReferenceEquals(request.RegisteredUser, user))
            {
                attempt.Method = SignInMethod.Password;
                attempt.Detail = SignInDetail.Registration;
            }
        }
        else if (authenticationMethod == request.ExternalProvider || await IsSchemeAsync(authenticationMethod))
        {
            attempt.Method = SignInMethod.External;
            attempt.Provider = authenticationMethod;
        }
        else
        {
            attempt.Method = authenticationMethod;
        }
    }

    // The host's own provider of schemes may ask a database.
    private async Task<bool> IsSchemeAsync(string name)
    {
        var isScheme = false;
        await Boundary.RunHereAsync(TrackingStep.DescribeRequest, async () => isScheme = await _schemes.GetSchemeAsync(name) is not null);
        return isScheme;
    }

    private async Task<string?> TwoFactorUserNameAsync() =>
        await GetTwoFactorAuthenticationUserAsync() is { } user ? await UserManager.GetUserNameAsync(user) : null;

    private string FactorOf(string provider) =>
        provider == TokenOptions.DefaultEmailProvider ? SecondFactor.Email
        : provider == TokenOptions.DefaultPhoneProvider ? SecondFactor.Phone
        : provider == Options.Tokens.AuthenticatorTokenProvider ? SecondFactor.Authenticator
        : provider;

    private AttemptScope Begin(SignInAttempt attempt) => new(this, SessionRequest.Of(Context), attempt);

    // The attempt belongs to the outermost call: Identity's methods call one another.
    private readonly struct AttemptScope : IDisposable
    {
        private readonly SessionSignInManager<TUser> _manager;
        private readonly SessionRequest _request;

        public AttemptScope(SessionSignInManager<TUser> manager, SessionRequest request, SignInAttempt attempt)
        {
            _manager = manager;
            _request = request;
            IsOutermost = request.Attempt is null;
            if (IsOutermost)
            {
                request.Attempt = manager._ownAttempt = attempt;
            }
        }

        public bool IsOutermost { get; }

        public void Dispose()
        {
            if (IsOutermost)
            {
                _request.Attempt = null;
                _manager._ownAttempt = null;
            }
        }
    }
}
