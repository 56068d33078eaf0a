using Sessions.Identity.Stores;

namespace Sessions.Identity.Validation;

/// <summary>What the options say of a session's time.</summary>
internal static class SessionExpiry
{
    /// <summary>How long requests pass that were in flight when their browser signed in again, while the session that took the place of theirs is live.</summary>
    public static readonly TimeSpan SupersededGrace = TimeSpan.FromSeconds(60);

    // Fine enough that nobody is signed out noticeably early, coarse enough that not every request writes.
    private const int PartsOfIdleTimeout = 10;

    private static readonly TimeSpan _leastSlack = TimeSpan.FromMinutes(1);

    /// <summary>How often last activity is written at most. Idleness is measured to a tenth, whatever the interval.</summary>
    public static TimeSpan? TouchInterval(this UserSessionOptions options) =>
        options.LastSeenInterval is { } interval && options.IdleTimeout / PartsOfIdleTimeout is { } part && part < interval ? part : options.LastSeenInterval;

    /// <summary>
    /// How much later than its ticket a row may end. A ticket that slides, in a client that keeps the old one, ends a little later with every request:
    /// that moves the row no more often than activity does.
    /// </summary>
    public static TimeSpan TicketSlack(this UserSessionOptions options) =>
        options.TouchInterval() is { } interval && interval > _leastSlack ? interval : _leastSlack;

    /// <summary>The end of a session that began then, whatever its activity.</summary>
    public static DateTimeOffset? AbsoluteEnd(this UserSessionOptions options, DateTimeOffset createdAt) =>
        options.AbsoluteLifetime is { } lifetime && lifetime < DateTimeOffset.MaxValue - createdAt ? createdAt + lifetime : null;

    /// <summary>The limits for a session whose ticket is known to be valid: the row may not have heard of its last renewal.</summary>
    public static ExpiryCutoffs CutoffsOfValidTicket(this UserSessionOptions options, DateTimeOffset now) => new()
    {
        SeenBy = Before(now, options.IdleTimeout),
        CreatedBy = Before(now, options.AbsoluteLifetime),
    };

    /// <summary>The limits for a session of whose ticket only the row tells.</summary>
    public static ExpiryCutoffs Cutoffs(this UserSessionOptions options, DateTimeOffset now) =>
        options.CutoffsOfValidTicket(now) with { TicketEndsBy = now };

    /// <summary>An instant so long ago; the beginning of time for no limit.</summary>
    public static DateTimeOffset Before(DateTimeOffset now, TimeSpan? ago) =>
        ago is { } span && span < now - DateTimeOffset.MinValue ? now - span : DateTimeOffset.MinValue;
}
