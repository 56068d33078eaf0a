using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Sessions.UI.Blazor;

/// <summary>Lets a page of the app's own go before ours at the same address. Components have no order by which it could be told.</summary>
internal sealed class OwnPageFirst : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Count > 1 && endpoints.Any(IsOurs);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var valid = Enumerable.Range(0, candidates.Count).Where(candidates.IsValidCandidate).ToList();
        foreach (var ours in valid.FindAll(index => IsOurs(candidates[index].Endpoint)))
        {
            if (valid.Exists(index => IsAtTheSameAddress(candidates[index].Endpoint, candidates[ours].Endpoint)))
            {
                candidates.SetValidity(ours, false);
            }
        }

        return Task.CompletedTask;
    }

    // Not what takes any address, such as a fallback: that goes after every page.
    private static bool IsAtTheSameAddress(Endpoint own, Endpoint ours) =>
        !IsOurs(own)
        && own is RouteEndpoint route && ours is RouteEndpoint page
        && route.Order <= page.Order && route.RoutePattern.InboundPrecedence <= page.RoutePattern.InboundPrecedence;

    private static bool IsOurs(Endpoint endpoint) => endpoint.Metadata.GetMetadata<SessionsPage>() is not null;
}
