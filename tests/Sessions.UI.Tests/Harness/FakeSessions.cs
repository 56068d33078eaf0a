using System.Runtime.CompilerServices;
using Sessions.Identity;

namespace Sessions.UI.Tests.Harness;

/// <summary>A registry in memory that can be out of reach, altogether or for writing.</summary>
internal sealed class FakeSessions : ICurrentUserSessions
{
    public List<UserSessionInfo> Live { get; } = [People.Laptop, People.Phone];

    /// <summary>What a download reads; null is where the registry goes out of reach.</summary>
    public List<SessionEventInfo?> Trail { get; } = [People.SignedIn, People.Failed];

    /// <summary>The part of the history that was asked for last.</summary>
    public SessionHistoryFilter? Asked { get; private set; }

    public bool IsDown { get; set; }

    public bool IsReadOnly { get; set; }

    public bool CountsNothing { get; set; }

    public Task<IReadOnlyList<UserSessionInfo>> ListAsync(CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<UserSessionInfo>>(() => [.. Live]);

    public Task<UserSessionInfo?> FindAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        Answer(() => Live.SingleOrDefault(session => session.Id == sessionId));

    public Task<SessionHistoryPage> GetHistoryAsync(string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default) =>
        FilterHistoryAsync(SessionHistoryFilter.None, cursor, pageSize, cancellationToken);

    public Task<SessionHistoryPage> FilterHistoryAsync(
        SessionHistoryFilter filter, string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        Asked = filter;
        return Answer(() => new SessionHistoryPage { Events = cursor is null ? [People.SignedIn] : [People.Failed], NextCursor = cursor is null ? "next" : null });
    }

    public async IAsyncEnumerable<SessionEventInfo> ReadHistoryAsync(
        SessionHistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked = filter;
        foreach (var item in Trail)
        {
            await Task.Yield();
            yield return item ?? throw new SessionsUnavailableException();
        }
    }

    public Task<IReadOnlyList<SignInDay>> GetSignInDaysAsync(int days = 90, CancellationToken cancellationToken = default) =>
        CountsNothing ? throw new SessionsUnavailableException() : Answer<IReadOnlyList<SignInDay>>(() => [new(new DateOnly(2026, 3, 8), 0, 2), new(new DateOnly(2026, 3, 9), 3, 1)]);

    public Task<bool> RevokeAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        Write(() => Live.RemoveAll(session => session.Id == sessionId && !session.IsCurrent) > 0);

    public Task<int> RevokeOthersAsync(CancellationToken cancellationToken = default) => Write(() => Live.RemoveAll(session => !session.IsCurrent));

    private Task<T> Write<T>(Func<T> change) => IsReadOnly ? throw new SessionsUnavailableException() : Answer(change);

    private Task<T> Answer<T>(Func<T> answer) => IsDown ? throw new SessionsUnavailableException() : Task.FromResult(answer());
}
