using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: a person's own copy of what is kept of them. All of it, but for failures beyond a number: anybody can make more of those.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int MostFailures = 10_000;

    public async Task<SessionsPersonalData> ReadPersonalDataAsync(string userId, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        var sessions = await SessionsOf(context, userId).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        var events = await Events(context).OfUser(userId).ToListAsync(cancellationToken);
        foreach (var failures in await FailuresOfAsync(context, userId, cancellationToken))
        {
            events.AddRange(await failures.Since.NewestFirst().Take(MostFailures).ToListAsync(cancellationToken));
            events.AddRange(await failures.NewestBefore(rows => rows).ToListAsync(cancellationToken));
        }

        return new SessionsPersonalData
        {
            Sessions = sessions.ConvertAll(PersonalColumns.Of),
            LoginHistory = [.. events.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id).Select(PersonalColumns.Of)],
        };
    }
}
