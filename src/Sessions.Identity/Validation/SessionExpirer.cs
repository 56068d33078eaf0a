using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Ends a session at the request that finds its time over: durably, before the request is refused.</summary>
internal sealed class SessionExpirer(
    RequestDescriber describer, TrackingBoundary boundary, UnwrittenActivity activity, HookQueue hooks, IOptions<UserSessionOptions> options, TimeProvider time)
{
    // A ticket's times are cut to the second.
    private static readonly TimeSpan _precision = TimeSpan.FromSeconds(1);

    /// <summary>Keeps in mind that a session was active whose look-up gave no answer.</summary>
    public void RememberUnread(string keyDigest) => activity.RememberUnread(keyDigest, time.GetUtcNow());

    /// <summary>Takes that into account when the look-up answers again.</summary>
    public void Read(string keyDigest, SessionRecord? session)
    {
        if (session is not null)
        {
            activity.Read(keyDigest, session.Id);
        }
    }

    /// <summary>Whether a session is over although its ticket is valid.</summary>
    public bool IsOver(SessionRecord session)
    {
        var cutoffs = options.Value.CutoffsOfValidTicket(time.GetUtcNow());
        return cutoffs.HasOptions && cutoffs.IsOver(session with { LastSeenAt = activity.LastSeen(session.Id, session.LastSeenAt) });
    }

    /// <summary>Whether a session is over whose ticket has run out.</summary>
    public bool IsOverWithItsTicket(SessionRecord session, AuthenticationProperties ticket) => CutoffsOfEndedTicket(ticket).IsOver(session);

    /// <summary>Ends a session whose ticket is valid.</summary>
    /// <returns>What became of it, or <see langword="null"/> if the store gave no answer.</returns>
    public Task<EndAttempt?> ExpireAsync(HttpContext context, SessionRecord session) =>
        ExpireAsync(context, session, options.Value.CutoffsOfValidTicket(time.GetUtcNow()));

    /// <summary>Ends a session whose ticket has run out.</summary>
    /// <returns>What became of it, or <see langword="null"/> if the store gave no answer.</returns>
    public Task<EndAttempt?> ExpireWithItsTicketAsync(HttpContext context, SessionRecord session, AuthenticationProperties ticket) =>
        ExpireAsync(context, session, CutoffsOfEndedTicket(ticket));

    // A row ends a little after the last ticket that it knows of. That one has run out too by then, unless tickets are renewed so often that the
    // row does not hear of each.
    private ExpiryCutoffs CutoffsOfEndedTicket(AuthenticationProperties ticket)
    {
        var now = time.GetUtcNow();
        var slack = options.Value.TicketSlack();
        var hearsOfEach = (ticket.ExpiresUtc - ticket.IssuedUtc) / 2 > slack && now < DateTimeOffset.MaxValue - slack - _precision;
        return options.Value.Cutoffs(now) with { TicketEndsBy = hearsOfEach ? now + slack + _precision : now };
    }

    private async Task<EndAttempt?> ExpireAsync(HttpContext context, SessionRecord session, ExpiryCutoffs cutoffs)
    {
        EndAttempt? attempt = null;
        var now = time.GetUtcNow();
        var services = context.RequestServices;
        var info = describer.InfoOf(context);
        await boundary.AskStoreAsync(SessionRequest.Of(context).Budget, TrackingStep.ExpireSession, async token =>
        {
            // What follows from the write belongs to it: it may come through after the request has given it up.
            var made = await services.GetRequiredService<IUserSessionStore>().ExpireAsync(session.Id, cutoffs, now, token);
            if (made.Ended is { } expired)
            {
                hooks.Publish(expired, info);
            }

            attempt = made;
        });
        return attempt;
    }
}
