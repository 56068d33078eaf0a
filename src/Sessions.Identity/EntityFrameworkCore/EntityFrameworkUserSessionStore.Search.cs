using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: whom and which single ones operators find, across users.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey> : ISessionAdministrationStore
{
    // An incident is looked into on a large database, by somebody who waits: longer than a request may be held up.
    private static readonly TimeSpan _searchTimeout = TimeSpan.FromSeconds(30);

    public Task<IReadOnlyList<SessionUser>> FindUsersAsync(WantedUser wanted, int count, CancellationToken cancellationToken)
    {
        var (name, email) = (wanted.Name, wanted.Email);
        return FindUsersAsync(
            wanted,
            users => users.Where(user => user.NormalizedUserName!.StartsWith(name)).OrderBy(user => user.NormalizedUserName),
            users => users.Where(user => user.NormalizedEmail!.StartsWith(email)).OrderBy(user => user.NormalizedEmail),
            count,
            cancellationToken);
    }

    public Task<IReadOnlyList<SessionUser>> FindUsersExactlyAsync(WantedUser wanted, int count, CancellationToken cancellationToken)
    {
        var (name, email) = (wanted.Name, wanted.Email);
        return FindUsersAsync(
            wanted,
            users => users.Where(user => user.NormalizedUserName == name),
            users => users.Where(user => user.NormalizedEmail == email).OrderBy(user => user.Id),
            count,
            cancellationToken);
    }

    private async Task<IReadOnlyList<SessionUser>> FindUsersAsync(
        WantedUser wanted,
        Func<IQueryable<TUser>, IQueryable<TUser>> byName,
        Func<IQueryable<TUser>, IQueryable<TUser>> byEmail,
        int count,
        CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        var users = lease.Context.Set<TUser>().AsNoTracking().IgnoreQueryFilters();
        var found = await Listed(byName(users).Take(count));
        found.AddRange(await Listed(byEmail(users).Take(count)));
        if (TryKey(wanted.Text, out var key))
        {
            found.AddRange(await Listed(users.Where(user => user.Id.Equals(key))));
        }

        return [.. found.DistinctBy(user => user.Id).Take(count)];

        Task<List<SessionUser>> Listed(IQueryable<TUser> some) =>
            some.Select(user => new SessionUser(UserKey.Format(user.Id), user.UserName, user.Email)).ToListAsync(cancellationToken);
    }

    public async Task<SessionUser?> FindUserAsync(string userId, CancellationToken cancellationToken)
    {
        if (!TryKey(userId, out var key))
        {
            return null;
        }

        await using var lease = contexts.Create(_searchTimeout);
        return await lease.Context.Set<TUser>().AsNoTracking().IgnoreQueryFilters()
            .Where(user => user.Id.Equals(key))
            .Select(user => new SessionUser(UserKey.Format(user.Id), user.UserName, user.Email))
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, string>> NamesOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var keys = new List<TKey>();
        foreach (var id in userIds.Distinct())
        {
            if (TryKey(id, out var key))
            {
                keys.Add(key);
            }
        }

        if (keys.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        await using var lease = contexts.Create(_searchTimeout);
        var users = await lease.Context.Set<TUser>().AsNoTracking().IgnoreQueryFilters()
            .Where(user => keys.Contains(user.Id))
            .Select(user => new SessionUser(UserKey.Format(user.Id), user.UserName, user.Email))
            .ToListAsync(cancellationToken);
        return users.ToDictionary(user => user.Id, user => user.Name);
    }

    public async Task<UserSessionInfo?> FindSessionAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_searchTimeout);
        return await Sessions(lease.Context).Where(row => row.Id == id).Select(SessionProjections.Session<TKey>()).FirstOrDefaultAsync(cancellationToken);
    }

    // Null where nobody can have such an id.
    private static IQueryable<IdentityUserSession<TKey>>? Searched(TContext context, UserSessionSearch search)
    {
        var sessions = search.Network is { } network ? context.FromNetwork<IdentityUserSession<TKey>>(network) : Sessions(context);
        if (search.UserId is not { } user)
        {
            return sessions.That(search);
        }

        return TryKey(user, out var key) ? sessions.Where(row => row.UserId.Equals(key)).That(search) : null;
    }

    private static bool TryKey(string text, [NotNullWhen(true)] out TKey? key)
    {
        try
        {
            key = UserKey.Parse<TKey>(text);
            return key is not null;
        }
#pragma warning disable CA1031 // Converters say in ways of their own that a text is no key of theirs.
        catch (Exception)
#pragma warning restore CA1031
        {
            key = default;
            return false;
        }
    }
}
