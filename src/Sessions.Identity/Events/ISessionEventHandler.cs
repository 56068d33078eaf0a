namespace Sessions.Identity.Events;

/// <summary>Something of ours that acts on events after they were written, before the host's hooks do.</summary>
internal interface ISessionEventHandler
{
    Task HandleAsync(HookEvent sessionEvent, IServiceProvider services, CancellationToken cancellationToken);
}
