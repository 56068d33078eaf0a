using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The failures that were typed against one identity, as far as they are those of the person whose own it is now.</summary>
/// <remarks>
/// Attempts typed against an identity before it was this person's are somebody else's. One that found the account proves that it was there; of
/// those that found none, only what came since the person's own first event is theirs. Anybody can make as many as they like: each question is a
/// walk along the index that ends with what is asked for.
/// </remarks>
internal sealed record IdentityFailures<TEventKey>(IQueryable<IdentitySessionEvent<TEventKey>> All, DateTimeOffset FirstOwn)
{
    // Where no account was found so many times in a row, there was none yet.
    private const int MostPassedOver = 1_000;

    /// <summary>Those since the person's own first event: all of them.</summary>
    public IQueryable<IdentitySessionEvent<TEventKey>> Since => All.Where(row => row.OccurredAt >= FirstOwn);

    /// <summary>The newest from before it, where <paramref name="which"/> says so.</summary>
    public IQueryable<IdentitySessionEvent<TEventKey>> NewestBefore(
        Func<IQueryable<IdentitySessionEvent<TEventKey>>, IQueryable<IdentitySessionEvent<TEventKey>>> which) =>
        which(All.Where(row => row.OccurredAt < FirstOwn)).NewestFirst().Take(MostPassedOver).Where(row => row.FailureReason != SignInFailureReason.UnknownUser);
}
