using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Events;

namespace Sessions.Identity.Notices;

/// <summary>Sees to it that a person is told of a sign-in from a device that is new to them. It only queues: hooks wait for no mail.</summary>
internal sealed class NewDeviceMailHandler(MailQueue queue, IOptions<UserSessionOptions> options) : ISessionEventHandler
{
    public Task HandleAsync(HookEvent sessionEvent, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (options.Value.NewDeviceMail.SiteAddress is not null
            && sessionEvent.Info is { IsNewDevice: true, Kind: SessionEventKind.SignedIn, UserId: not null }
            && services.GetService<INewDeviceMailWriter>() is not null)
        {
            queue.Add(new PendingMail(sessionEvent));
        }

        return Task.CompletedTask;
    }
}
