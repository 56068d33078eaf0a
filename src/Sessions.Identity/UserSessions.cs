using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Devices;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity;

/// <summary>What can be asked and done of a user's sessions, by the user's id. The managers' common ground.</summary>
internal sealed class UserSessions(
    IUserSessionStore store,
    IUserSessionMaintenance maintenance,
    HookQueue hooks,
    RequestDescriber describer,
    IUserAgentParser parser,
    IHttpContextAccessor contexts,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<UserSessions> logger)
{
    /// <summary>How many sessions a list has at most.</summary>
    public const int MostListed = 500;

    private const int MostPerPage = 200;
    private const int MostDays = 366;

    /// <summary>Whose request this is, is told by its ticket, never by what a caller sends.</summary>
    public Guid? CurrentId => contexts.HttpContext is { } context ? SessionRequest.Of(context).Ticket?.Session?.Id : null;

    /// <summary>Whose session that is.</summary>
    public string? CurrentUserId => contexts.HttpContext is { } context ? SessionRequest.Of(context).Ticket?.Session?.UserId : null;

    /// <summary>The session that makes this request, for who ends others and must not end it.</summary>
    /// <returns>Its id, or <see langword="null"/> if the request has none.</returns>
    /// <exception cref="SessionsUnavailableException">It has one, but the registry gave no answer which, or its browser has signed in again meanwhile.</exception>
    public Guid? CurrentToKeep() =>
        contexts.HttpContext is { } context && SessionRequest.Of(context).Ticket is { Outcome: SessionOutcome.Errored, Session: null } or { Superseded: not null, Session: null }
            ? throw new SessionsUnavailableException()
            : CurrentId;

    public async Task<IReadOnlyList<UserSessionInfo>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        var sessions = await AskAsync(() => store.ListAsync(userId, cancellationToken));
        var own = sessions.Count == MostListed ? await FindUnlistedAsync(userId, sessions, cancellationToken) : null;
        return [.. own is null ? [] : new[] { own }, .. sessions.Take(MostListed - (own is null ? 0 : 1)).Select(Seen).OrderByDescending(session => session.IsCurrent)];
    }

    // Of very many the least recently seen are not listed; the one in the person's hand may be among them, as its activity is written now and then.
    private async Task<UserSessionInfo?> FindUnlistedAsync(string userId, IReadOnlyList<UserSessionInfo> sessions, CancellationToken cancellationToken) =>
        CurrentId is { } own && sessions.All(session => session.Id != own) && await FindAsync(userId, own, cancellationToken) is { EndedAt: null } session
            ? session
            : null;

    public async Task<UserSessionInfo?> FindAsync(string userId, Guid sessionId, CancellationToken cancellationToken) =>
        await AskAsync(() => store.FindAsync(userId, sessionId, cancellationToken)) is { } session ? Seen(session) : null;

    public Task<SessionHistoryPage> GetHistoryAsync(string userId, string? cursor, int pageSize, CancellationToken cancellationToken) =>
        GetHistoryAsync(userId, SessionHistoryFilter.None, cursor, pageSize, cancellationToken);

    public async Task<SessionHistoryPage> GetHistoryAsync(
        string userId, SessionHistoryFilter filter, string? cursor, int pageSize, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(pageSize, 1, MostPerPage);
        var query = new SessionHistoryQuery { UserId = userId, Filter = filter, After = HistoryCursor.Parse(cursor), Count = count + 1 };
        var events = await AskAsync(() => store.ListEventsAsync(query, cancellationToken));
        var page = events.Take(count).Select(Seen).ToArray();
        return new SessionHistoryPage
        {
            Events = page,
            NextCursor = events.Count > count ? new HistoryCursor(page[^1].OccurredAt, page[^1].Id).ToString() : null,
        };
    }

    public async IAsyncEnumerable<SessionEventInfo> ReadHistoryAsync(
        string userId, SessionHistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await GetHistoryAsync(userId, filter, cursor, MostPerPage, cancellationToken);
            foreach (var sessionEvent in page.Events)
            {
                yield return sessionEvent;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    public async Task<IReadOnlyList<SignInDay>> GetSignInDaysAsync(string userId, int days, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(days, 1, MostDays);
        var first = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1 - count);
        var counted = await AskAsync(() => store.CountSignInsAsync(userId, first, cancellationToken));
        return [.. Enumerable.Range(0, count).Select(first.AddDays)
            .Select(day => counted.FirstOrDefault(found => found.Day == day) ?? new SignInDay(day, 0, 0))];
    }

    public async Task<bool> RevokeAsync(string userId, Guid sessionId, SessionRevocation? revocation, CancellationToken cancellationToken)
    {
        var end = EndBy(revocation);
        if (await AskAsync(() => store.EndAsync(userId, sessionId, end, cancellationToken)) is not { } ended)
        {
            return false;
        }

        Ended([ended], end);
        return true;
    }

    public async Task<int> RevokeAllAsync(string userId, Guid? keep, SessionRevocation? revocation, CancellationToken cancellationToken)
    {
        var end = EndBy(revocation);
        var ended = await AskAsync(() => store.EndAllAsync(userId, keep, end, cancellationToken));
        Ended(ended, end);
        return ended.Count;
    }

    public async Task<int> ReparseDevicesAsync(CancellationToken cancellationToken)
    {
        DeviceInfo Parse(StoredClues clues) => StoredDevice.Reparse(parser, clues.UserAgent, clues.ClientHints);

        return await AskAsync(() => store.ReparseDevicesAsync(DeviceTable.Sessions, Parse, cancellationToken))
            + await AskAsync(() => store.ReparseDevicesAsync(DeviceTable.Events, Parse, cancellationToken));
    }

    public async Task ForgetAsync(string userId, CancellationToken cancellationToken)
    {
        await AskAsync(async () =>
        {
            await maintenance.ForgetAsync(userId, time.GetUtcNow(), cancellationToken);
            return true;
        });
        logger.UserForgotten();
    }

    public Task<SessionsPersonalData> GetPersonalDataAsync(string userId, CancellationToken cancellationToken) =>
        AskAsync(() => maintenance.ReadPersonalDataAsync(userId, cancellationToken));

    private SessionEnd EndBy(SessionRevocation? revocation)
    {
        revocation ??= new SessionRevocation();
        return new SessionEnd { Reason = revocation.Reason, At = time.GetUtcNow(), ActorId = revocation.ActorId, Note = revocation.Note };
    }

    private void Ended(IReadOnlyList<SessionEventInfo> events, SessionEnd end)
    {
        logger.SessionsEnded(events.Count, end.Reason);
        var request = contexts.HttpContext is { } context && events.Count > 0 ? describer.InfoOf(context) : null;
        foreach (var ended in events)
        {
            hooks.Publish(ended, request);
        }
    }

    internal UserSessionInfo Seen(UserSessionInfo session)
    {
        var isCurrent = session.Id == CurrentId;
        var isRecent = time.GetUtcNow() - session.LastSeenAt < (options.Value.LastSeenInterval ?? TimeSpan.Zero);
        return session with { IsCurrent = isCurrent, IsActiveNow = session.EndedAt is null && (isCurrent || isRecent) };
    }

    private SessionEventInfo Seen(SessionEventInfo sessionEvent) =>
        sessionEvent with { IsCurrent = sessionEvent.SessionId is { } id && id == CurrentId };

    /// <summary>Asks the registry for somebody who must know whether it answered.</summary>
    internal static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not SessionsUnavailableException)
        {
            throw new SessionsUnavailableException("The registry of sessions could not be read or written. Nothing was changed.", fault);
        }
    }
}
