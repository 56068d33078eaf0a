using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.Access;
using Sessions.Identity.SignIn;

namespace Microsoft.AspNetCore.Http;

/// <summary>What a host asks and tells of confirmed access: whether the person entered their credentials lately.</summary>
public static class HttpContextAccessExtensions
{
    /// <summary>Tells whether the person entered their credentials lately, on the session that this request belongs to.</summary>
    /// <param name="context">The request, after authentication.</param>
    /// <param name="maxAge">How lately; <see langword="null"/> for <see cref="AccessConfirmationOptions.MaxAge"/>.</param>
    /// <returns>Whether they did. <see langword="false"/> without a tracked session, and while sessions can't be checked.</returns>
    public static bool IsAccessConfirmed(this HttpContext context, TimeSpan? maxAge = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.RequestServices.GetRequiredService<AccessConfirmation>().IsConfirmed(context, context.User, maxAge);
    }

    /// <summary>Says that the person has just entered their credentials again, on a page of the host's own that has checked them.</summary>
    /// <param name="context">The request, after authentication.</param>
    /// <param name="method">How: one of <see cref="SignInMethod"/>, or a word of the host's own.</param>
    /// <param name="provider">The provider, where there is one.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. A confirmation that began to be written is written all the same.</param>
    /// <returns>Whether it holds. <see langword="false"/> if the request has no tracked session, or tracking is down.</returns>
    public static Task<bool> ConfirmAccessAsync(this HttpContext context, string method, string? provider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        cancellationToken.ThrowIfCancellationRequested();
        var how = new SignInFacts { Method = method.Trim(), Provider = ProviderName.Normalize(provider) };
        return context.RequestServices.GetRequiredService<AccessRecorder>().ConfirmedAsync(context, how);
    }
}
