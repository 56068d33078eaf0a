using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity.Tracking;

namespace Sessions.Identity;

/// <summary>The signed-in user's own sessions, by the request's principal and ticket.</summary>
internal sealed class CurrentUserSessions<TUser>(
    UserSessionManager<TUser> sessions, UserManager<TUser> users, IHttpContextAccessor contexts, TrackingBoundary boundary, SessionsState state) : ICurrentUserSessions
    where TUser : class
{
    private static readonly SessionRevocation _byUser = new() { Reason = SessionEndReason.RevokedByUser };
    private static readonly SessionRevocation _everywhereElse = new() { Reason = SessionEndReason.RevokedEverywhereElse };

    public Task<IReadOnlyList<UserSessionInfo>> ListAsync(CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<UserSessionInfo>>([], sessions.GetSessionsAsync);

    public Task<UserSessionInfo?> FindAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        AskAsync<UserSessionInfo?>(null, async (user, token) =>
            await sessions.FindSessionAsync(user, sessionId, token) is { EndedAt: null } session ? session : null);

    public Task<SessionHistoryPage> GetHistoryAsync(string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default) =>
        AskAsync(new SessionHistoryPage { Events = [] }, (user, token) => sessions.GetHistoryAsync(user, cursor, pageSize, token));

    public Task<bool> RevokeAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        CurrentId == sessionId ? Task.FromResult(false) : AskAsync(false, (user, token) => sessions.RevokeAsync(user, sessionId, _byUser, token));

    public Task<int> RevokeOthersAsync(CancellationToken cancellationToken = default)
    {
        // Without knowing which session is this one, "everywhere else" would sign out here too.
        var current = CurrentId ?? throw new SessionsUnavailableException();
        return AskAsync(0, (user, token) => sessions.RevokeOthersAsync(user, current, _everywhereElse, token));
    }

    private Guid? CurrentId => contexts.HttpContext is { } context ? SessionRequest.Of(context).Ticket?.Session?.Id : null;

    private async Task<T> AskAsync<T>(T nobody, Func<TUser, CancellationToken, Task<T>> ask)
    {
        if (!state.IsEnabled)
        {
            throw new SessionsUnavailableException();
        }

        if (contexts.HttpContext is not { } context || await users.GetUserAsync(context.User) is not { } user)
        {
            return nobody;
        }

        var answer = nobody;
        var answered = await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget, TrackingStep.ReadSessions, async token => answer = await ask(user, token));
        return answered ? answer : throw new SessionsUnavailableException();
    }
}
