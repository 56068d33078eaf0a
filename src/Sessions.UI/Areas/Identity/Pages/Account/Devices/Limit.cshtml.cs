using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.Limits;
using Sessions.UI.SignIn;
using Sessions.UI.Words;

namespace Sessions.UI;

/// <summary>Asks who signs in on one device too many which one to sign out. They have passed every factor, and are not signed in yet.</summary>
/// <remarks>Whoever has no sign-in that waits, or one that is over, is shown nothing of any account.</remarks>
[AllowAnonymous]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DevicesLimitModel : PageModel
{
    private SignInChoice _choice = new();

    /// <summary>The sessions to choose from, the oldest first. None: there is room, or nothing to choose any more.</summary>
    public IReadOnlyList<UserSessionInfo> Sessions => _choice.Sessions;

    /// <summary>How many of them must be chosen.</summary>
    public int Needed => _choice.Surplus;

    /// <summary>Whether what was chosen makes too little room: nobody was signed out.</summary>
    public bool IsTooFew => _choice.IsTooFew;

    /// <summary>Whether the registry can't be reached just now: the person goes on without choosing.</summary>
    public bool IsUnavailable => _choice.IsUnavailable;

    /// <summary>Whether the choice was made already, its time is over, or there never was one.</summary>
    public bool IsGone => _choice.IsGone;

    /// <summary>The limit in words.</summary>
    public string Rule => Words.Count(_choice.IsOfType ? "Limit.OfType" : "Limit.InAll", _choice.Most);

    /// <summary>The time that the page speaks of.</summary>
    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>The app's login page.</summary>
    public string LoginUrl => LoginAddress.Of(Services);

    private IServiceProvider Services => HttpContext.RequestServices;

    private SessionWords Words => Services.GetRequiredService<SessionWords>();

    private SignInChoices Choices => Services.GetRequiredService<SignInChoices>();

    /// <summary>Shows what there is to choose.</summary>
    /// <returns>The page; with status 404 where there is nothing to choose any more.</returns>
    public async Task<IActionResult> OnGetAsync() => Show(await Choices.FindAsync());

    /// <summary>Signs the chosen devices out, and this one in.</summary>
    /// <param name="sessions">The ids of the chosen sessions.</param>
    /// <returns>On to where the login page leads; the page once more where that makes too little room.</returns>
    public async Task<IActionResult> OnPostAsync(Guid[] sessions)
    {
        var choice = await Choices.GoOnAsync(sessions);
        return choice.IsDone ? LocalRedirect(Url.IsLocalUrl(choice.ReturnUrl) ? choice.ReturnUrl : "~/") : Show(choice);
    }

    /// <summary>Turns back.</summary>
    /// <returns>To the login page.</returns>
    public async Task<IActionResult> OnPostDeclineAsync()
    {
        await Choices.DeclineAsync();
        return LocalRedirect(LoginUrl);
    }

    private PageResult Show(SignInChoice choice)
    {
        _choice = choice;
        if (choice.IsGone)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }
}
