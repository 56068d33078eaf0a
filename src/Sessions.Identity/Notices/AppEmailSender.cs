using Microsoft.AspNetCore.Identity.UI.Services;

namespace Sessions.Identity.Notices;

/// <summary>Sends through the app's own sender of mails.</summary>
internal sealed class AppEmailSender(IEmailSender? sender = null) : ISessionEmailSender
{
    /// <summary>Whether there is a sender, and not Identity UI's stand-in that sends nothing.</summary>
    public bool IsReal => sender is not null and not NoOpEmailSender;

    public Task SendAsync(SessionEmail email, CancellationToken cancellationToken) =>
        (sender ?? throw new InvalidOperationException("The app has no IEmailSender.")).SendEmailAsync(email.Address, email.Subject, email.Html);
}
