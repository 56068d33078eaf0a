using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Access;
using Sessions.UI.Forms;

namespace Sessions.UI;

/// <summary>Asks a signed-in person for their credentials once more, before something sensitive, and leads on to it.</summary>
/// <remarks>What is confirmed holds for this session alone: it is kept on its row.</remarks>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ConfirmAccessModel : PageModel
{
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

    private AccessForms Forms => HttpContext.RequestServices.GetRequiredService<AccessForms>();

    /// <summary>Asks.</summary>
    /// <returns>The page, also where credentials were entered a while ago: what the person wanted may ask for later ones than the option does.</returns>
    public Task<IActionResult> OnGetAsync() => ShowAsync(alert: null);

    /// <summary>Checks the password.</summary>
    /// <param name="password">What was typed.</param>
    /// <returns>On to where the person wanted, or the page that says why not.</returns>
    public async Task<IActionResult> OnPostPasswordAsync(string? password) =>
        await AnswerAsync(await Forms.CheckPasswordAsync(HttpContext, password));

    /// <summary>Gives the browser what it asks an authenticator with.</summary>
    /// <returns>JSON; 404 if there is no such user.</returns>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        await Credentials.MakePasskeyOptionsAsync(User) is { } options ? Content(options, "application/json") : NotFound();

    /// <summary>Checks a passkey.</summary>
    /// <param name="credential">What the authenticator answered.</param>
    /// <returns>On to where the person wanted, or the page that says why not.</returns>
    public async Task<IActionResult> OnPostPasskeyAsync(string? credential) =>
        await AnswerAsync(await Forms.CheckPasskeyAsync(HttpContext, credential));

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
    public async Task<IActionResult> OnGetExternalAsync() => await AnswerAsync(await Forms.CheckExternalAsync(HttpContext));

    private async Task<IActionResult> AnswerAsync(FormAnswer answer)
    {
        if (answer.IsUnavailable)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return answer.Alert is { } alert ? await ShowAsync(alert) : GoOn();
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
