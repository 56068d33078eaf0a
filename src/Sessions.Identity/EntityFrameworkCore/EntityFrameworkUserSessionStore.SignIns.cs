using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what is known of earlier sign-ins.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public Task<DeviceComparison> CompareDeviceAsync(DeviceQuestion question, CancellationToken cancellationToken) =>
        Spare.RunAsync(handsOn: question.BeginsSession, async context =>
        {
            // The browser's id says it: last signed in from, or last distrusted.
            var history = question.DeviceId is { } deviceId ? await HistoryOfAsync(context, question, deviceId, cancellationToken) : null;
            var isNew = history?.LastWord is { } lastWord
                ? lastWord == SessionEventKind.Revoked
                : await HasSignedInOnlyElsewhereAsync(context, question, cancellationToken);
            return new DeviceComparison(isNew, question is { DeviceId: null, Replaced: null } ? [] : history?.Earlier, HasRoom: history?.Live <= MostLive);
        });

    public async Task<LastSignIn?> FindLastSignInAsync(string deviceId, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await Events(lease.Context)
            .Where(row => row.DeviceId == deviceId && row.Kind == SessionEventKind.SignedIn)
            .NewestFirst()
            .Select(row => new LastSignIn { Method = row.SignInMethod ?? SignInMethod.Unknown, Provider = row.Provider, OccurredAt = row.OccurredAt })
            .FirstOrDefaultAsync(cancellationToken);
    }

    private Task<BrowserHistory?> HistoryOfAsync(TContext context, DeviceQuestion question, string deviceId, CancellationToken cancellationToken) =>
        Queries(context).HistoryOfBrowser(
            context,
            UserKey.Parse<TKey>(question.UserId)!,
            SessionRows.EventUser<TEventKey>(question.UserId)!,
            question.At,
            deviceId,
            question.Replaced,
            MostLive + 1,
            cancellationToken);

    // A device of the same sort counts only where it can't be told apart, or comes from the same country. An unknown country is not the same.
    private static Task<bool> HasSignedInOnlyElsewhereAsync(TContext context, DeviceQuestion question, CancellationToken cancellationToken)
    {
        var device = SessionRows.Cut(question.Device);
        return Queries(context).HasSignedInOnlyElsewhere(
            context,
            UserKey.Parse<TKey>(question.UserId)!,
            SessionRows.EventUser<TEventKey>(question.UserId)!,
            device.DeviceType,
            device.OperatingSystem,
            device.Browser,
            device.AppName,
            question.CountryCode,
            cancellationToken);
    }

    private static SignInQueries<TUser, TContext, TKey, TEventKey> Queries(TContext context) => SignInQueries<TUser, TContext, TKey, TEventKey>.Of(context);
}
