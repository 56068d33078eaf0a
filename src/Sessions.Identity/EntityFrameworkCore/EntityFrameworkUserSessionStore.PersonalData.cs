using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: a person's own copy of what is kept of them. All of it: only retention bounds it.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<SessionsPersonalData> ReadPersonalDataAsync(string userId, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        var sessions = await SessionsOf(context, userId).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        var events = await Events(context).OfUser(userId).ToListAsync(cancellationToken);
        if (await FailuresOfAsync(context, userId, cancellationToken) is { } failures)
        {
            events.AddRange(await failures.ToListAsync(cancellationToken));
        }

        return new SessionsPersonalData
        {
            Sessions = sessions.ConvertAll(PersonalColumns.Of),
            LoginHistory = [.. events.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id).Select(PersonalColumns.Of)],
        };
    }
}
