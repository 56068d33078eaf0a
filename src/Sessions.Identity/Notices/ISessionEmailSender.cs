namespace Sessions.Identity;

/// <summary>Sends the mails of Sessions. By default through the app's <c>IEmailSender</c>, which takes HTML only; register your own for both parts.</summary>
/// <remarks>
/// Resolved for each mail in a scope of its own, off the request path. What throws, or takes longer than 30 seconds, is tried again a few
/// times with pauses and then given up: a mail may so arrive twice, never without end.
/// </remarks>
public interface ISessionEmailSender
{
    /// <summary>Sends a mail.</summary>
    /// <param name="email">The mail. Its text holds a secret link: keep it out of logs.</param>
    /// <param name="cancellationToken">Signalled when this try is given up.</param>
    /// <returns>A task that is done when the mail was handed on.</returns>
    Task SendAsync(SessionEmail email, CancellationToken cancellationToken);
}
