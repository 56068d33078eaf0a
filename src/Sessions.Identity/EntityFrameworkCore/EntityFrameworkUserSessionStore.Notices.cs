using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: "this wasn't me".</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<bool> SetNoticeAsync(string userId, Guid sessionId, string keyDigest, CancellationToken cancellationToken)
    {
        // A mail that is tried again finds its own digest there.
        await using var lease = Lease();
        return await SessionsOf(lease.Context, userId)
            .Where(row => row.Id == sessionId && (row.NoticeKeyDigest == null || row.NoticeKeyDigest == keyDigest))
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.NoticeKeyDigest, keyDigest), cancellationToken) > 0;
    }

    public async Task<UserSessionInfo?> FindNoticeAsync(string keyDigest, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        var unanswered = Sessions(context).Where(row => row.NoticeKeyDigest == keyDigest && row.NoticeAnsweredAt == null);
        var found = await unanswered.Select(row => new { row.UserId }).FirstOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : await unanswered.Select(SessionProjections.Session<TKey>()).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SessionEventInfo>> AnswerNoticeAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        return await InTransactionAsync(
            context,
            async token =>
            {
                // The statement that marks the answer is the one that decides: of two answers one finds the row unanswered.
                var noticed = Sessions(context).Where(row => row.NoticeKeyDigest == keyDigest);
                var answered = await noticed.Where(row => row.NoticeAnsweredAt == null).ExecuteUpdateAsync(
                    row => row.SetProperty(session => session.NoticeAnsweredAt, end.At), token);
                return answered == 0 ? [] : await EndReportedAsync(context, await noticed.SingleAsync(token), end, token);
            },
            cancellationToken);
    }

    private static async Task<List<SessionEventInfo>> EndReportedAsync(
        TContext context, IdentityUserSession<TKey> reported, SessionEnd end, CancellationToken cancellationToken)
    {
        var (id, userId, deviceId, createdAt) = (reported.Id, reported.UserId, reported.DeviceId, reported.CreatedAt);
        var rows = Sessions(context).Where(row =>
            row.UserId.Equals(userId) && (row.Id == id || (deviceId != null && row.DeviceId == deviceId && row.CreatedAt >= createdAt)));

        // A sign-in of that device that was being written held us up, and its row is seen only by the next look.
        List<SessionEventInfo> all = [];
        while (await EndRowsAsync(context, rows, end, EndScope.One, cancellationToken) is { Count: > 0 } ended)
        {
            all.AddRange(ended);
        }

        if (all.Count == 0)
        {
            // It is over already. What was said of it still counts: the device is new when it comes back.
            var report = SessionRows.EndEvent<TKey, TEventKey>(reported, SessionEventKind.Revoked, end, EndScope.One);
            report.WriteKey = $"notice:{id:N}";
            context.Add(report);
            await context.SaveChangesAsync(cancellationToken);
            all.Add(_asInfo(report));
        }

        return all;
    }
}
