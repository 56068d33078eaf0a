using Microsoft.AspNetCore.Http;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Sessions.Identity;

/// <summary>The signed-in user's own sessions, by the request's principal and ticket.</summary>
internal sealed class CurrentUserSessions(
    UserSessions sessions, TicketUser ticketUser, IHttpContextAccessor contexts, TrackingBoundary boundary, SessionsState state) : ICurrentUserSessions
{
    private static readonly SessionRevocation _byUser = new() { Reason = SessionEndReason.RevokedByUser };
    private static readonly SessionRevocation _everywhereElse = new() { Reason = SessionEndReason.RevokedEverywhereElse };

    public Task<IReadOnlyList<UserSessionInfo>> ListAsync(CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<UserSessionInfo>>([], sessions.ListAsync);

    public Task<UserSessionInfo?> FindAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        AskAsync<UserSessionInfo?>(null, async (userId, token) =>
            await sessions.FindAsync(userId, sessionId, token) is { EndedAt: null } session ? session : null);

    public Task<SessionHistoryPage> GetHistoryAsync(string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default) =>
        FilterHistoryAsync(SessionHistoryFilter.None, cursor, pageSize, cancellationToken);

    public Task<SessionHistoryPage> FilterHistoryAsync(
        SessionHistoryFilter filter, string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return AskAsync(new SessionHistoryPage { Events = [] }, (userId, token) => sessions.GetHistoryAsync(userId, filter, cursor, pageSize, token));
    }

    public IAsyncEnumerable<SessionEventInfo> ReadHistoryAsync(SessionHistoryFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (!state.IsEnabled)
        {
            throw new SessionsUnavailableException();
        }

        return UserId is { } userId ? sessions.ReadHistoryAsync(userId, filter, cancellationToken) : AsyncEnumerable.Empty<SessionEventInfo>();
    }

    public Task<IReadOnlyList<SignInDay>> GetSignInDaysAsync(int days = 90, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<SignInDay>>([], (userId, token) => sessions.GetSignInDaysAsync(userId, days, token));

    public Task<bool> RevokeAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        sessions.CurrentId == sessionId
            ? Task.FromResult(false)
            : AskAsync(false, (userId, token) => sessions.RevokeAsync(userId, sessionId, _byUser, token));

    public Task<int> RevokeOthersAsync(CancellationToken cancellationToken = default)
    {
        // Without knowing which session is this one, "everywhere else" would sign out here too.
        var current = sessions.CurrentId ?? throw new SessionsUnavailableException();
        return AskAsync(0, (userId, token) => sessions.RevokeAllAsync(userId, current, _everywhereElse, token));
    }

    private string? UserId => contexts.HttpContext is { } context ? ticketUser.IdOf(context.User) : null;

    // Bounded, and never by the caller's token: a page that was closed must not leave it open whether a device was signed out.
    private async Task<T> AskAsync<T>(T nobody, Func<string, CancellationToken, Task<T>> ask)
    {
        if (!state.IsEnabled)
        {
            throw new SessionsUnavailableException();
        }

        if (contexts.HttpContext is not { } context || UserId is not { } userId)
        {
            return nobody;
        }

        var answer = nobody;
        var answered = await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget, TrackingStep.ReadSessions, async token => answer = await ask(userId, token));
        return answered ? answer : throw new SessionsUnavailableException();
    }
}
