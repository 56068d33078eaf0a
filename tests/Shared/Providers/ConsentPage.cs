using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sessions.Tests.Providers;

/// <summary>The provider's one page: it asks who somebody is, and whether the app may know.</summary>
internal static class ConsentPage
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(WebApplication app) => app.MapMethods("/connect/authorize", [HttpMethods.Get, HttpMethods.Post], AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var decision = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync())["decision"].ToString() : null;
        var answer = decision switch
        {
            "allow" => Results.SignIn(Person(request, (string)request["who"]!), null, Scheme),
            "cancel" => Results.Forbid(Error(Errors.AccessDenied), [Scheme]),
            _ => Results.Content(Page(request), "text/html"),
        };
        await answer.ExecuteAsync(context);
    }

    private static ClaimsPrincipal Person(OpenIddictRequest request, string email)
    {
        var identity = new ClaimsIdentity(Scheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, $"subject of {email}").SetClaim(Claims.Name, email).SetClaim(Claims.Email, email);
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }

    private static AuthenticationProperties Error(string code) =>
        new(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = code });

    private static string Page(OpenIddictRequest request)
    {
        var kept = string.Concat(request.GetParameters().Select(parameter =>
            $"""<input name="{WebUtility.HtmlEncode(parameter.Key)}" type="hidden" value="{WebUtility.HtmlEncode((string?)parameter.Value)}">"""));
        return $"""
            <!DOCTYPE html><title>Example ID</title><h1>Who are you?</h1>
            <form method="post">{kept}
            <label>Email <input name="who"></label>
            <button name="decision" value="allow">Allow</button> <button name="decision" value="cancel">Cancel</button>
            </form>
            """;
    }
}
