using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Describes the device of a session that a background request had adopted, by the first document that it asks for.</summary>
internal sealed class SessionNamer(RequestDescriber describer, TrackingBoundary boundary, IOptions<UserSessionOptions> options)
{
    // A bound on descriptions under way: in an outage more of them are simply not made.
    private const int MostUnderWay = 64;

    private readonly ConcurrentDictionary<Guid, byte> _underWay = new();

    /// <summary>Whether a person looks at what this request asks for. A client that doesn't say is taken to be one that does.</summary>
    public static bool IsDocument(HttpRequest request)
    {
        // Fetch Metadata: every browser says there what it wants.
        if (request.Headers["Sec-Fetch-Mode"].ToString() is { Length: > 0 } mode)
        {
            return mode == "navigate";
        }

        var accept = request.Headers.Accept.ToString();
        return request.Headers.XRequestedWith != "XMLHttpRequest"
            && (!accept.Contains("json", StringComparison.OrdinalIgnoreCase) || accept.Contains("text/html", StringComparison.OrdinalIgnoreCase));
    }

    public async Task NameAsync(HttpContext context, SessionRecord session)
    {
        if (session.IsNamed || !IsDocument(context.Request) || _underWay.Count >= MostUnderWay || !_underWay.TryAdd(session.Id, 0))
        {
            return;
        }

        // Described with the request, which is gone when it is written; written off its path, but with its services: a host may have a
        // connection per tenant.
        var origin = await describer.DescribeAsync(context, session.DeviceId);
        PreparedWrite? write = null;
        boundary.Run(TrackingStep.DescribeRequest, () => write = context.RequestServices.GetRequiredService<IUserSessionStore>().PrepareNaming(session.Id, origin));
        _ = WriteAsync(session.Id, write);
    }

    private async Task WriteAsync(Guid sessionId, PreparedWrite? write)
    {
        try
        {
            await using var prepared = write;
            if (write is not null)
            {
                await boundary.AskStoreAsync(new TrackingBudget(options.Value.TrackingTimeout), TrackingStep.DescribeRequest, write.RunAsync);
            }
        }
        finally
        {
            _underWay.TryRemove(sessionId, out _);
        }
    }
}
