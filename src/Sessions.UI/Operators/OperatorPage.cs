using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.Identity.Diagnostics;
using Sessions.UI.Words;

namespace Sessions.UI.Operators;

/// <summary>What every page of operators holds to. The policy is the route's already; it is asked for once more before each handler, whatever a host does to routes.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal abstract class OperatorPage : PageModel
{
    public const int PerPage = 50;

    /// <summary>Whether the registry can't be reached just now.</summary>
    public bool IsUnavailable { get; private set; }

    /// <summary>Where these pages are.</summary>
    public string Path => Url.Page(OperatorPages.Index, pageHandler: null, values: new { area = OperatorPages.Area })!;

    protected SessionAdministration Administration => Of<SessionAdministration>();

    protected SessionWords Words => Of<SessionWords>();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (Of<IOptions<UserSessionOptions>>().Value.Administration.Policy is not { } policy)
        {
            context.Result = NotFound();
            return;
        }

        if (!(await Of<IAuthorizationService>().AuthorizeAsync(User, HttpContext, policy)).Succeeded)
        {
            context.Result = User.Identity?.IsAuthenticated == true ? Forbid() : Challenge();
            return;
        }

        var executed = await next();
        if (executed is { Exception: SessionsUnavailableException fault, ExceptionHandled: false })
        {
            Of<ILogger<OperatorPage>>().AdministrationUnavailable(fault);
            IsUnavailable = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            executed.ExceptionHandled = true;
            executed.Result = Page();
        }
    }

    protected T Of<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    /// <summary>Reads whom an operator means by a name, an address or an id.</summary>
    protected Task<SessionUser?> MeantAsync(string text, CancellationToken cancellationToken) => Administration.FindMeantAsync(text, cancellationToken);
}
