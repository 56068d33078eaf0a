using Sessions.Identity;
using Sessions.Identity.Accounts;
using Sessions.Identity.Devices;
using Sessions.Identity.Locations.Travel;
using Sessions.Identity.Stores;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>The real store behind faults.</summary>
internal sealed class FaultyUserSessionStore(IUserSessionStore store, StoreFaults faults, IServiceScopeFactory scopes) : IUserSessionStore
{
    public Task<SessionRecord?> FindAsync(string keyDigest, CancellationToken cancellationToken)
    {
        faults.CountLookUp();
        return faults.LookUp.HitAsync(() => store.FindAsync(keyDigest, cancellationToken));
    }

    // A fault may block.
    public bool CanFindInPlace(TimeSpan left) => false;

    public bool AsksNothingOfItsScope => store.AsksNothingOfItsScope;

    public bool HostHoldsTransaction() => store.HostHoldsTransaction();

    public Task<SessionBegun?> BeginAsync(SessionBeginning beginning, CancellationToken cancellationToken) =>
        faults.Insert.HitAsync(
            () => store.BeginAsync(beginning, cancellationToken),
            () => LateAsync(late => late.BeginAsync(beginning, CancellationToken.None)));

    public Task<IReadOnlyList<SessionEventInfo>> SupersedeAsync(UserSessionDescriptor session, string? replacedKeyDigest, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.SupersedeAsync(session, replacedKeyDigest, cancellationToken));

    public Task<SessionRecord?> AdoptAsync(SessionAdoption adoption, CancellationToken cancellationToken) =>
        faults.Insert.HitAsync(
            () => store.AdoptAsync(adoption, cancellationToken),
            () => LateAsync(late => late.AdoptAsync(adoption, CancellationToken.None)));

    public Task RecordAsync(SessionEventDescriptor sessionEvent, CancellationToken cancellationToken) =>
        faults.Insert.HitAsync(() => Done(store.RecordAsync(sessionEvent, cancellationToken)));

    public Task<bool> IsJudgedAsync(string userId, DateTimeOffset issuedAt, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.IsJudgedAsync(userId, issuedAt, cancellationToken));

    public Task<bool> IsWrittenAsync(string writeKey, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.IsWrittenAsync(writeKey, cancellationToken));

    public Task<DeviceComparison> CompareDeviceAsync(DeviceQuestion question, CancellationToken cancellationToken) =>
        faults.Compare.HitAsync(() => store.CompareDeviceAsync(question, cancellationToken));

    public Task<bool> HasSurplusAsync(UserSessionDescriptor session, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.HasSurplusAsync(session, cancellationToken));

    public Task<SessionEventDescriptor?> StepUpAsync(SessionEventDescriptor stepUp, CancellationToken cancellationToken) =>
        faults.Insert.HitAsync(() => store.StepUpAsync(stepUp, cancellationToken));

    public Task<bool?> IsTrustedMachineAsync(string userId, string rememberDigest, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.IsTrustedMachineAsync(userId, rememberDigest, cancellationToken));

    public Task<bool> TieMachineAsync(Guid sessionId, string rememberDigest, CancellationToken cancellationToken) =>
        faults.Touch.HitAsync(() => store.TieMachineAsync(sessionId, rememberDigest, cancellationToken));

    public Task<bool> ConfirmAccessAsync(SessionEventDescriptor confirmed, CancellationToken cancellationToken) =>
        faults.Insert.HitAsync(() => store.ConfirmAccessAsync(confirmed, cancellationToken));

    public Task<LastSignIn?> FindLastSignInAsync(string deviceId, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.FindLastSignInAsync(deviceId, cancellationToken));

    public Task<bool> CrossesAsync(string identity, DateTimeOffset at, RepeatedFailuresOptions limit, CancellationToken cancellationToken) =>
        store.CrossesAsync(identity, at, limit, cancellationToken);

    public Task<string?> FindOwnerAsync(string identity, CancellationToken cancellationToken) => store.FindOwnerAsync(identity, cancellationToken);

    public PreparedWrite PrepareTouch(SessionTouch touch)
    {
        var write = store.PrepareTouch(touch);
        return new PreparedWrite(write, token => faults.Touch.HitAsync(() => Done(write.RunAsync(token))));
    }

    public Task<bool> IsCommittedAsync(AccountChange change, CancellationToken cancellationToken) => store.IsCommittedAsync(change, cancellationToken);

    public Task MoveStampAsync(Guid sessionId, string stamp, CancellationToken cancellationToken) =>
        faults.Touch.HitAsync(() => Done(store.MoveStampAsync(sessionId, stamp, cancellationToken)));

    public PreparedWrite PrepareNaming(Guid sessionId, SessionOrigin origin)
    {
        var write = store.PrepareNaming(sessionId, origin);
        return new PreparedWrite(write, token => faults.Touch.HitAsync(() => Done(write.RunAsync(token))));
    }

    public Task<bool> FollowSupersededAsync(SessionRecord session, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.FollowSupersededAsync(session, cancellationToken));

    public Task<SessionRecord?> FindSuccessorAsync(SessionRecord superseded, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.FindSuccessorAsync(superseded, cancellationToken));

    public Task<SessionEventInfo?> EndByKeyAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.EndByKeyAsync(keyDigest, end, cancellationToken));

    public Task<EndAttempt> ExpireAsync(Guid sessionId, ExpiryCutoffs cutoffs, DateTimeOffset at, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.ExpireAsync(sessionId, cutoffs, at, cancellationToken));

    public Task<IReadOnlyList<SessionEventInfo>> PruneAsync(string userId, SignInLimits limits, DateTimeOffset at, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.PruneAsync(userId, limits, at, cancellationToken));

    public Task<SessionEventInfo?> EndAsync(string userId, Guid sessionId, SessionEnd end, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.EndAsync(userId, sessionId, end, cancellationToken));

    public Task<IReadOnlyList<SessionEventInfo>> EndAllAsync(string userId, Guid? keep, SessionEnd end, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.EndAllAsync(userId, keep, end, cancellationToken));

    public Task<EndAttempt> EndIfStampedAsync(SessionRecord session, SessionEnd end, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.EndIfStampedAsync(session, end, cancellationToken));

    public Task<IReadOnlyList<SessionEventInfo>> EndOthersAsync(AccountChange change, SessionEnd end, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.EndOthersAsync(change, end, cancellationToken));

    public Task<bool> SetNoticeAsync(string userId, Guid sessionId, string keyDigest, CancellationToken cancellationToken) =>
        faults.Insert.HitAsync(() => store.SetNoticeAsync(userId, sessionId, keyDigest, cancellationToken));

    public Task<UserSessionInfo?> FindNoticeAsync(string keyDigest, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.FindNoticeAsync(keyDigest, cancellationToken));

    public Task<IReadOnlyList<SessionEventInfo>> AnswerNoticeAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken) =>
        faults.End.HitAsync(() => store.AnswerNoticeAsync(keyDigest, end, cancellationToken));

    public Task<UserSessionInfo?> FindAsync(string userId, Guid sessionId, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.FindAsync(userId, sessionId, cancellationToken));

    public Task<IReadOnlyDictionary<string, Guid>> FindIdsAsync(IReadOnlyCollection<string> keyDigests, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.FindIdsAsync(keyDigests, cancellationToken));

    public Task<IReadOnlyList<SessionRecord>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        faults.CountLookUp();
        return faults.LookUp.HitAsync(() => store.FindManyAsync(ids, cancellationToken));
    }

    public Task TouchManyAsync(IReadOnlyCollection<Guid> ids, DateTimeOffset at, DateTimeOffset dueBefore, CancellationToken cancellationToken) =>
        faults.Touch.HitAsync(() => Done(store.TouchManyAsync(ids, at, dueBefore, cancellationToken)));

    public Task<IReadOnlyList<UserSessionInfo>> ListAsync(string userId, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.ListAsync(userId, cancellationToken));

    public Task<IReadOnlyList<UserSessionInfo>> ListElsewhereAsync(string userId, string? deviceId, Guid? replaced, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.ListElsewhereAsync(userId, deviceId, replaced, cancellationToken));

    public Task<IReadOnlyList<SessionEventInfo>> ListEventsAsync(SessionHistoryQuery query, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.ListEventsAsync(query, cancellationToken));

    public Task<IReadOnlyList<SignInDay>> CountSignInsAsync(string userId, DateOnly first, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.CountSignInsAsync(userId, first, cancellationToken));

    public Task<TravelPoint?> FindPreviousPlaceAsync(string userId, DateTimeOffset before, CancellationToken cancellationToken) =>
        faults.LookUp.HitAsync(() => store.FindPreviousPlaceAsync(userId, before, cancellationToken));

    public ILocationWrite PrepareLocation() => store.PrepareLocation();

    public Task<int> ReparseDevicesAsync(DeviceTable table, Func<StoredClues, DeviceInfo> parse, CancellationToken cancellationToken) =>
        store.ReparseDevicesAsync(table, parse, cancellationToken);

    // What was given up had its connection already: nothing of its request, nor its token, can stop it.
    private async Task<T> LateAsync<T>(Func<IUserSessionStore, Task<T>> write)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await write(scope.ServiceProvider.GetRequiredService<StoreFactory>().Create(scope.ServiceProvider));
    }

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }
}
