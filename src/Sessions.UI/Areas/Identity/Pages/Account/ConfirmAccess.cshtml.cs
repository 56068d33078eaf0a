using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.Access;
using Sessions.UI.Words;

namespace Sessions.UI;

/// <summary>Asks a signed-in person for their credentials once more, before something sensitive, and leads on to it.</summary>
/// <remarks>What is confirmed holds for this session alone: it is kept on its row.</remarks>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ConfirmAccessModel : PageModel
{
    internal const string Path = "/Account/ConfirmAccess";

    private const int LongestPassword = 1_000;
    private const int LongestCredential = 100_000;

    private AccessWays _ways = new(string.Empty, HasPassword: false, HasPasskey: false, []);

    /// <summary>Where to go on to: an address of this app.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Why it was not confirmed.</summary>
    public string? Alert { get; private set; }

    /// <summary>What the account is called.</summary>
    public string Name => _ways.Name;

    /// <summary>Whether a password can be asked for.</summary>
    public bool HasPassword => _ways.HasPassword;

    /// <summary>Whether a passkey can be asked for.</summary>
    public bool HasPasskey => _ways.HasPasskey;

    /// <summary>The providers at which the person can sign in once more.</summary>
    public IReadOnlyList<AuthenticationScheme> Providers => _ways.Providers;

    private IAccessCredentials Credentials => HttpContext.RequestServices.GetRequiredService<IAccessCredentials>();

    private SessionWords Words => HttpContext.RequestServices.GetRequiredService<SessionWords>();

    /// <summary>Asks.</summary>
    /// <returns>The page, also where credentials were entered a while ago: what the person wanted may ask for later ones than the option does.</returns>
    public Task<IActionResult> OnGetAsync() => ShowAsync(alert: null);

    /// <summary>Checks the password.</summary>
    /// <param name="password">What was typed.</param>
    /// <returns>On to where the person wanted, or the page that says why not.</returns>
    public async Task<IActionResult> OnPostPasswordAsync([StringLength(LongestPassword)] string? password)
    {
        var check = ModelState.IsValid && password is { Length: > 0 } typed ? await Credentials.CheckPasswordAsync(User, typed) : AccessCheck.Failed;
        return await AnswerAsync(check, SignInMethod.Password, provider: null, "ConfirmAccess.WrongPassword");
    }

    /// <summary>Gives the browser what it asks an authenticator with.</summary>
    /// <returns>JSON; 404 if there is no such user.</returns>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        await Credentials.MakePasskeyOptionsAsync(User) is { } options ? Content(options, "application/json") : NotFound();

    /// <summary>Checks a passkey.</summary>
    /// <param name="credential">What the authenticator answered.</param>
    /// <returns>On to where the person wanted, or the page that says why not.</returns>
    public async Task<IActionResult> OnPostPasskeyAsync([StringLength(LongestCredential)] string? credential)
    {
        var check = ModelState.IsValid && credential is { Length: > 0 } ? await Credentials.CheckPasskeyAsync(User, credential) : AccessCheck.Failed;
        return await AnswerAsync(check, SignInMethod.Passkey, provider: null, "ConfirmAccess.Failed");
    }

    /// <summary>Sends the person to a provider of theirs.</summary>
    /// <param name="provider">The provider's scheme.</param>
    /// <returns>The challenge; 404 if the person has no login there.</returns>
    public async Task<IActionResult> OnPostExternalAsync(string? provider)
    {
        var back = Url.Page(null, "External", new { ReturnUrl })!;
        return provider is not null && await Credentials.PrepareExternalAsync(User, provider, back) is { } properties
            ? new ChallengeResult(provider, properties)
            : NotFound();
    }

    /// <summary>Receives who comes back from a provider.</summary>
    /// <returns>On to where the person wanted, or the page that says why not.</returns>
    public async Task<IActionResult> OnGetExternalAsync()
    {
        var (check, provider) = await Credentials.CheckExternalAsync(User);
        return await AnswerAsync(check, SignInMethod.External, provider, "ConfirmAccess.Failed");
    }

    private async Task<IActionResult> AnswerAsync(AccessCheck check, string method, string? provider, string failed)
    {
        if (check != AccessCheck.Passed)
        {
            return await ShowAsync(Words[check == AccessCheck.LockedOut ? "ConfirmAccess.LockedOut" : failed]);
        }

        // What is not written does not hold.
        if (await HttpContext.ConfirmAccessAsync(method, provider))
        {
            return GoOn();
        }

        Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return await ShowAsync(Words["Unavailable.ConfirmAccess"]);
    }

    private async Task<IActionResult> ShowAsync(string? alert)
    {
        if (await Credentials.FindAsync(User) is not { } ways)
        {
            return NotFound();
        }

        (_ways, Alert) = (ways, alert);
        return Page();
    }

    private LocalRedirectResult GoOn() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "~/");
}
