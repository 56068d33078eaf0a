using Microsoft.Extensions.Options;
using Sessions.Identity.Events;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Locations;

/// <summary>Fills a place into the row and the event that were written without it, when it comes.</summary>
internal sealed class LocationFiller(TrackingBoundary boundary, HookQueue hooks, IOptions<UserSessionOptions> options)
{
    /// <summary>Waits in the background for the place of what was just written. Prepared now, while the store's scope is there.</summary>
    /// <param name="store">The store that wrote it.</param>
    /// <param name="origin">Its origin.</param>
    /// <param name="sessionId">The row, if there is one.</param>
    /// <param name="sessionEvent">The event, if there is one.</param>
    public void Follow(IUserSessionStore store, SessionOrigin origin, Guid? sessionId, SessionEventDescriptor? sessionEvent)
    {
        if (origin.PendingLocation is not { } pending)
        {
            return;
        }

        ILocationWrite? write = null;
        if (boundary.Run(TrackingStep.FillLocation, () => write = store.PrepareLocation()))
        {
            _ = FillAsync(pending, write!, new LocationTarget(sessionId, sessionEvent, origin.IpAddress), origin.Request);
        }
    }

    private async Task FillAsync(Task<IpLocation?> pending, ILocationWrite write, LocationTarget target, SessionRequestInfo? request)
    {
        await boundary.RunHereAsync(TrackingStep.FillLocation, async () =>
        {
            await using (write)
            {
                IpLocation? location = null;
                await boundary.RunHereAsync(TrackingStep.LocateAddress, async () => location = await pending);
                if (location is not null)
                {
                    await boundary.AskStoreAsync(
                        new TrackingBudget(options.Value.TrackingTimeout),
                        TrackingStep.FillLocation,
                        async token => Tell(await write.FillAsync(target, location, token), request));
                }
            }
        });
    }

    // They were told when they happened; now they are told to who asked for far-away sign-ins.
    private void Tell(IReadOnlyList<SessionEventInfo> impossible, SessionRequestInfo? request)
    {
        foreach (var sessionEvent in impossible)
        {
            hooks.Publish(new HookEvent(sessionEvent, request, IsOnlyTravel: true));
        }
    }
}
