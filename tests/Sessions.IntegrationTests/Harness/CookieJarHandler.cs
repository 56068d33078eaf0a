using System.Net;
using System.Text.RegularExpressions;

namespace Sessions.IntegrationTests.Harness;

/// <summary>Keeps cookies as a browser does whose clock is the test's: the jar's own clock is the system's, which tests don't turn.</summary>
internal sealed partial class CookieJarHandler(CookieContainer jar, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // A test's server goes on with a request whose client has given up, and its client waits for it without an end.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        var response = await base.SendAsync(request, cancellationToken).WaitAsync(_patience, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var headers))
        {
            foreach (var header in headers)
            {
                jar.SetCookies(request.RequestUri!, End().Replace(header, string.Empty));
            }
        }

        return response;
    }

    // An end in 1970 deletes the cookie. Any other end is for the server to keep to.
    [GeneratedRegex("; *expires=(?!Thu, 01 Jan 1970)[^;]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex End();
}
