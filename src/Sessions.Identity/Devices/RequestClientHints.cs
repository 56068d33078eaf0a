using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Devices;

/// <summary>Asks a browser for the client hints that its frozen user agent left out: Windows 10 or 11, the Android version, the model.</summary>
internal static class RequestClientHints
{
    private const string AcceptHeader = "Accept-CH";
    private const string CriticalHeader = "Critical-CH";

    /// <summary>What is asked for: no more than a device's name is made of. Brand, platform and "mobile" come unasked.</summary>
    public const string Wanted = "Sec-CH-UA-Platform-Version, Sec-CH-UA-Model, Sec-CH-UA-Form-Factors";

    /// <summary>Adds the headers to a response that is about to start. Only to a secure one, and never over the host's own.</summary>
    public static void Apply(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var headers = context.Response.Headers;
        if (!context.Request.IsHttps || headers.ContainsKey(AcceptHeader))
        {
            return;
        }

        headers[AcceptHeader] = Wanted;
        if (LosesWhatItAsks(context) && !headers.ContainsKey(CriticalHeader))
        {
            headers[CriticalHeader] = "Sec-CH-UA-Platform-Version, Sec-CH-UA-Model";
        }
    }

    // A browser remembers the wish of the page that it shows in the end. Sent on to another site to sign in, it shows that site's
    // page and comes back without the hints. Marked as critical, they come with a second try at once; only a GET is tried again.
    private static bool LosesWhatItAsks(HttpContext context)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method)
            && request.Headers["Sec-Fetch-Mode"] == "navigate"
            && request.Headers.ContainsKey("Sec-CH-UA")
            && !request.Headers.ContainsKey("Sec-CH-UA-Platform-Version")
            && context.Response.StatusCode is StatusCodes.Status302Found or StatusCodes.Status303SeeOther
            && Uri.TryCreate(context.Response.Headers.Location, UriKind.Absolute, out var target)
            && target.Scheme is "https" or "http"
            && !string.Equals(target.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
