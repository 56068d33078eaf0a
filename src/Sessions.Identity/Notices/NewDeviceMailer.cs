using Microsoft.Extensions.Options;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Notices;

/// <summary>Makes one mail and hands it to the sender: to a confirmed address of the person's or to nobody.</summary>
internal sealed class NewDeviceMailer(
    IUserSessionStore store,
    IAccounts accounts,
    NoticeTokens tokens,
    INewDeviceMailWriter writer,
    ISessionEmailSender sender,
    IOptions<UserSessionOptions> options)
{
    public async Task SendAsync(PendingMail mail, CancellationToken cancellationToken)
    {
        var signedIn = mail.SignedIn.Info;
        if (await accounts.FindConfirmedEmailAsync(signedIn.UserId!) is not { } address)
        {
            return;
        }

        await sender.SendAsync(writer.Write(address, signedIn, await LinkAsync(mail, cancellationToken)), cancellationToken);
    }

    // The row knows the key before anybody else does. A sign-in without a row, such as one of a token, has nothing that a link could end.
    private async Task<NoticeLink?> LinkAsync(PendingMail mail, CancellationToken cancellationToken)
    {
        var signedIn = mail.SignedIn.Info;
        if (signedIn.SessionId is not { } sessionId || !await store.SetNoticeAsync(signedIn.UserId!, sessionId, mail.Key.Digest(), cancellationToken))
        {
            return null;
        }

        var end = signedIn.OccurredAt + options.Value.NewDeviceMail.LinkLifetime;
        return new NoticeLink(tokens.Write(mail.Key, end), end);
    }
}
