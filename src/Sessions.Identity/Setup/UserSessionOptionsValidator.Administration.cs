using System.Buffers;

namespace Sessions.Identity;

/// <content>This part: the operators' pages.</content>
internal sealed partial class UserSessionOptionsValidator
{
    // A route's own characters would make another route of it.
    private static readonly SearchValues<char> _routeCharacters = SearchValues.Create("{}*?#\\ ~");

    private static IEnumerable<string> Operators(AdministrationOptions options)
    {
        if (options.Policy is { } policy && string.IsNullOrWhiteSpace(policy))
        {
            yield return Wrong("Administration.Policy", policy, "must name an authorization policy, or be null to serve no page");
        }

        if (options.Path is not { Length: > 1 } path || path[0] != '/' || path.EndsWith('/') || path.Contains("//", StringComparison.Ordinal) || path.AsSpan().ContainsAny(_routeCharacters))
        {
            yield return Wrong("Administration.Path", options.Path, "must be a path of this app, such as /Identity/Sessions");
        }
    }
}
