using Sessions.Identity.Accounts;
using Sessions.Identity.Locations.Travel;

namespace Sessions.Identity.Stores;

/// <summary>What is kept of sessions and their trail. User ids are text, as Identity's managers hand them out. Times are UTC.</summary>
/// <remarks>An instance belongs to one scope. Every member that writes commits before it returns, or throws and wrote nothing.</remarks>
internal interface IUserSessionStore
{
    /// <summary>Finds the session that a ticket's key belongs to: the one look-up of a request.</summary>
    /// <returns>The session, live or ended, or <see langword="null"/> if the key is in no row.</returns>
    Task<SessionRecord?> FindAsync(string keyDigest, CancellationToken cancellationToken);

    /// <summary>Whether that look-up keeps to the time that is left on the caller's own thread: it waits without blocking, or gives up before.</summary>
    bool CanFindInPlace(TimeSpan left);

    /// <summary>Whether the request's own context is in a transaction, whose user a row of ours could not see.</summary>
    bool HostHoldsTransaction();

    /// <summary>Whether what is asked here is known to share nothing with the scope's own work, so that this may go on meanwhile.</summary>
    bool AsksNothingOfItsScope { get; }

    /// <summary>Begins a session: its row and its event, with what it takes the place of and what was chosen to end for it, in one transaction.</summary>
    /// <returns>What came of it, or <see langword="null"/> if what was chosen makes no room any more: then nothing is written.</returns>
    Task<SessionBegun?> BeginAsync(SessionBeginning beginning, CancellationToken cancellationToken);

    /// <summary>Ends what a committed session took the place of and could not see: sign-ins at the same time, or from when it could not be written.</summary>
    /// <returns>The events of another person's session that it signed out.</returns>
    Task<IReadOnlyList<SessionEventInfo>> SupersedeAsync(UserSessionDescriptor session, string? replacedKeyDigest, CancellationToken cancellationToken);

    /// <summary>Adopts a ticket that has no row.</summary>
    /// <returns>
    /// Its session: the one just made, one that a parallel request made, or an ended one where a decision about all of the user's sessions
    /// holds for the ticket. <see langword="null"/> if its user does not exist.
    /// </returns>
    Task<SessionRecord?> AdoptAsync(SessionAdoption adoption, CancellationToken cancellationToken);

    /// <summary>Writes an event that stands for itself. Written once per write key.</summary>
    Task RecordAsync(SessionEventDescriptor sessionEvent, CancellationToken cancellationToken);

    /// <summary>Whether an event with that write key is there.</summary>
    Task<bool> IsWrittenAsync(string writeKey, CancellationToken cancellationToken);

    /// <summary>
    /// Compares the device of a sign-in that is not written yet with those that its user signed in from before: new is none at the very first. Of a
    /// browser that begins a session next, what that takes the place of is found too.
    /// </summary>
    /// <remarks>Where <see cref="BeginAsync"/> follows, it goes on with what this has at hand.</remarks>
    Task<DeviceComparison> CompareDeviceAsync(DeviceQuestion question, CancellationToken cancellationToken);

    /// <summary>Adds a second factor to a live session, with the event of it.</summary>
    /// <returns>The event, or <see langword="null"/> if the user has no such live session.</returns>
    Task<SessionEventDescriptor?> StepUpAsync(SessionEventDescriptor stepUp, CancellationToken cancellationToken);

    /// <summary>Whether a remembered machine may stand for its user's second factor: none of the sessions with that digest was revoked.</summary>
    /// <returns><see langword="null"/> if no session of the user has that digest.</returns>
    Task<bool?> IsTrustedMachineAsync(string userId, string rememberDigest, CancellationToken cancellationToken);

    /// <summary>Ties a remembered machine to a live session on it.</summary>
    /// <returns><see langword="false"/> if there is no such live session.</returns>
    Task<bool> TieMachineAsync(Guid sessionId, string rememberDigest, CancellationToken cancellationToken);

    /// <summary>Confirms access on a live session, with the event of it.</summary>
    /// <returns>Whether the user has such a live session.</returns>
    Task<bool> ConfirmAccessAsync(SessionEventDescriptor confirmed, CancellationToken cancellationToken);

    /// <summary>Finds the latest sign-in from a browser, by its device id.</summary>
    /// <returns>How it was made and when, or <see langword="null"/>.</returns>
    Task<LastSignIn?> FindLastSignInAsync(string deviceId, CancellationToken cancellationToken);

    /// <summary>Whether a failure against an identity makes them many, and is the first of its burst to be seen to do so.</summary>
    Task<bool> CrossesAsync(string identity, DateTimeOffset at, RepeatedFailuresOptions limit, CancellationToken cancellationToken);

    /// <summary>Finds the user whose own an identity is beyond doubt.</summary>
    /// <returns>The user's id, or <see langword="null"/>.</returns>
    Task<string?> FindOwnerAsync(string identity, CancellationToken cancellationToken);

    /// <summary>Prepares to move a live session's last activity and its ticket's end, if that is due. Never creates or revives.</summary>
    /// <returns>The write, to be run once. It no longer needs the scope that it was prepared in.</returns>
    PreparedWrite PrepareTouch(SessionTouch touch);

    /// <summary>Whether a change of an account that was saved is there for others to see.</summary>
    Task<bool> IsCommittedAsync(AccountChange change, CancellationToken cancellationToken);

    /// <summary>Lets a session be valid for its user's stamp, live or superseded, if that is the user's stamp.</summary>
    Task MoveStampAsync(Guid sessionId, string stamp, CancellationToken cancellationToken);

    /// <summary>Lets a live session be valid for its user's stamp, if the session that it superseded is: their browser has changed it.</summary>
    /// <returns>Whether that is so.</returns>
    Task<bool> FollowSupersededAsync(SessionRecord session, CancellationToken cancellationToken);

    /// <summary>Prepares to describe the device of a live session that has no name yet.</summary>
    /// <returns>The write, to be run once. It no longer needs the scope that it was prepared in.</returns>
    PreparedWrite PrepareNaming(Guid sessionId, SessionOrigin origin);

    /// <summary>Finds the live session in the browser of a superseded one, with what of its user may end it.</summary>
    /// <returns>The newest whose ticket can still be valid, or <see langword="null"/>.</returns>
    Task<SessionRecord?> FindSuccessorAsync(SessionRecord superseded, CancellationToken cancellationToken);

    /// <summary>Whether anything is to be ended after a session that was just committed: superseded in its browser, or one too many.</summary>
    Task<bool> HasSurplusAsync(UserSessionDescriptor session, CancellationToken cancellationToken);

    /// <summary>Ends the session with that key, as its own device does.</summary>
    /// <returns>The event, or <see langword="null"/> if no live session has it.</returns>
    Task<SessionEventInfo?> EndByKeyAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken);

    /// <summary>Ends a session if its time is over by the row as it is now.</summary>
    Task<EndAttempt> ExpireAsync(Guid sessionId, ExpiryCutoffs cutoffs, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Ends the oldest of a user's live sessions where there are more than their limits and MaxSessionsPerUser allow. Called after a new one was committed.</summary>
    /// <returns>The events of the sessions that ended.</returns>
    Task<IReadOnlyList<SessionEventInfo>> PruneAsync(string userId, SignInLimits limits, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Ends one session of a user.</summary>
    /// <returns>The event, or <see langword="null"/> if the user has no such live session.</returns>
    Task<SessionEventInfo?> EndAsync(string userId, Guid sessionId, SessionEnd end, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a session if its row still has the stamp that the look-up found: a request beside this one may have changed the account and moved it. One
    /// whose stamp was changed by the session that it superseded goes on, and is valid for that stamp from now on.
    /// </summary>
    Task<EndAttempt> EndIfStampedAsync(SessionRecord session, SessionEnd end, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a user's sessions for a change of their account, but the one that made it, one that superseded it meanwhile, and those that began after it.
    /// Writes an event even when there was none.
    /// </summary>
    /// <returns>The events of the sessions that ended.</returns>
    Task<IReadOnlyList<SessionEventInfo>> EndOthersAsync(AccountChange change, SessionEnd end, CancellationToken cancellationToken);

    /// <summary>Ends all live sessions of a user, but one if one is named. Writes an event even when there was none.</summary>
    /// <returns>The events of the sessions that ended.</returns>
    Task<IReadOnlyList<SessionEventInfo>> EndAllAsync(string userId, Guid? keep, SessionEnd end, CancellationToken cancellationToken);

    /// <summary>Ties the key of a "this wasn't me" link to a session, live or ended, that has none yet.</summary>
    /// <returns>Whether the session has that key now.</returns>
    Task<bool> SetNoticeAsync(string userId, Guid sessionId, string keyDigest, CancellationToken cancellationToken);

    /// <summary>Finds the session that an unanswered link is about.</summary>
    Task<UserSessionInfo?> FindNoticeAsync(string keyDigest, CancellationToken cancellationToken);

    /// <summary>Answers such a link, once: ends its session and the user's later ones of its device. Where none was live, the report is written by itself.</summary>
    /// <returns>The events, or none if the key is in no row or was answered before.</returns>
    Task<IReadOnlyList<SessionEventInfo>> AnswerNoticeAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken);

    /// <summary>Finds one session of a user.</summary>
    Task<UserSessionInfo?> FindAsync(string userId, Guid sessionId, CancellationToken cancellationToken);

    /// <summary>Whether a decision about all of a user's sessions holds for what was issued then.</summary>
    Task<bool> IsJudgedAsync(string userId, DateTimeOffset issuedAt, CancellationToken cancellationToken);

    /// <summary>Finds the sessions that keys belong to. One without a row is left out.</summary>
    Task<IReadOnlyDictionary<string, Guid>> FindIdsAsync(IReadOnlyCollection<string> keyDigests, CancellationToken cancellationToken);

    /// <summary>Finds the sessions of live connections, with what of their users may end them. One that is purged is left out.</summary>
    Task<IReadOnlyList<SessionRecord>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Moves the last activity of live sessions that were last seen by an instant.</summary>
    Task TouchManyAsync(IReadOnlyCollection<Guid> ids, DateTimeOffset at, DateTimeOffset dueBefore, CancellationToken cancellationToken);

    /// <summary>Lists the user's sessions whose ticket can still be valid, the most recently active first.</summary>
    Task<IReadOnlyList<UserSessionInfo>> ListAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Lists the user's sessions whose ticket can still be valid, but those of the browser that signs in, the oldest first.</summary>
    Task<IReadOnlyList<UserSessionInfo>> ListElsewhereAsync(string userId, string? deviceId, Guid? replaced, CancellationToken cancellationToken);

    /// <summary>Lists a part of a user's trail, newest first, with the failures that were typed against identities that are theirs.</summary>
    Task<IReadOnlyList<SessionEventInfo>> ListEventsAsync(SessionHistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Counts a user's sign-ins and the failures that were typed against identities that are theirs, by day of UTC: of each the newest 10,000.</summary>
    /// <returns>The days since the first one asked for on which there were any.</returns>
    Task<IReadOnlyList<SignInDay>> CountSignInsAsync(string userId, DateOnly first, CancellationToken cancellationToken);

    /// <summary>Finds where the user last signed in before an instant, of the sign-ins whose coordinates are known.</summary>
    Task<TravelPoint?> FindPreviousPlaceAsync(string userId, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Prepares to fill in a place that comes later.</summary>
    ILocationWrite PrepareLocation();

    /// <summary>Parses the stored devices of a table anew, in batches, and writes those that come out differently.</summary>
    /// <returns>How many rows were changed.</returns>
    Task<int> ReparseDevicesAsync(DeviceTable table, Func<StoredClues, DeviceInfo> parse, CancellationToken cancellationToken);
}
