using Microsoft.AspNetCore.Identity.UI.Services;
using MimeKit;
using Sessions.Identity;

namespace IdentityApp.Mail;

/// <summary>Sends no mail: writes each one as an .eml file, which any mail program opens. Identity's own have HTML only, those of Sessions text too.</summary>
internal sealed class MailFolder(string path, TimeProvider time) : IEmailSender, ISessionEmailSender
{
    public Task SendEmailAsync(string email, string subject, string htmlMessage) =>
        WriteAsync(email, subject, new BodyBuilder { HtmlBody = htmlMessage }, CancellationToken.None);

    public Task SendAsync(SessionEmail email, CancellationToken cancellationToken) =>
        WriteAsync(email.Address, email.Subject, new BodyBuilder { TextBody = email.Text, HtmlBody = email.Html }, cancellationToken);

    private async Task WriteAsync(string address, string subject, BodyBuilder body, CancellationToken cancellationToken)
    {
        using var mail = new MimeMessage { Subject = subject, Date = time.GetUtcNow(), Body = body.ToMessageBody() };
        mail.From.Add(new MailboxAddress("Sessions sample", "sample@example.com"));
        mail.To.Add(MailboxAddress.Parse(address));

        // Whoever watches the folder finds whole files only.
        var file = Path.Combine(Directory.CreateDirectory(path).FullName, $"{mail.Date:yyyyMMdd-HHmmss}-{Guid.NewGuid():N}.eml");
        await mail.WriteToAsync(file + ".part", cancellationToken);
        File.Move(file + ".part", file);
    }
}
