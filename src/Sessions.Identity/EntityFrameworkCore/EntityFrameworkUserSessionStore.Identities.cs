using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: under which identities failed attempts may be kept that are a person's own, and go with them.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int MostFormerNames = 1_000;

    // What the account was called at the person's sign-ins, as far back as their trail goes. A name that is another account's now is not theirs.
    private static async Task<string[]> FormerNamesAsync(
        TContext context, string userId, IReadOnlyList<string> known, CancellationToken cancellationToken)
    {
        var written = await Events(context).OfUser(userId)
            .Where(row => row.Kind == SessionEventKind.SignedIn && row.Metadata != null)
            .Select(row => row.Metadata!)
            .Distinct()
            .OrderBy(text => text)
            .Take(MostFormerNames)
            .ToListAsync(cancellationToken);
        return await UnlessOfOthersAsync(context, userId, written.Select(SignInFootnote.Read).OfType<string>().Except(known), cancellationToken);
    }

    private static async Task<string[]> ReadIdentitiesAsync(TContext context, string userId, CancellationToken cancellationToken)
    {
        var key = UserKey.Parse<TKey>(userId)!;
        var user = await context.Set<TUser>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Id.Equals(key))
            .Select(row => new { row.UserName, row.Email, row.EmailConfirmed, row.PhoneNumber, row.PhoneNumberConfirmed })
            .FirstOrDefaultAsync(cancellationToken);
        return user is null ? [] : await TheirsAsync(
            context,
            DeletedUser.Of(userId, user.UserName, user.Email, user.EmailConfirmed, user.PhoneNumber, user.PhoneNumberConfirmed),
            cancellationToken);
    }

    private static async Task<string[]> TheirsAsync(TContext context, DeletedUser user, CancellationToken cancellationToken) =>
        [.. user.OwnIdentities, .. await UnlessOfOthersAsync(context, user.Id, user.UnconfirmedIdentities, cancellationToken)];

    // Anybody can register with somebody else's address and then ask to be forgotten: what was tried against that other account must not
    // go with it.
    private static async Task<string[]> UnlessOfOthersAsync(TContext context, string userId, IEnumerable<string> identities, CancellationToken cancellationToken)
    {
        var theirs = new List<string>();
        foreach (var identity in identities)
        {
            if (!await IsOfAnotherAsync(context, userId, identity, cancellationToken))
            {
                theirs.Add(identity);
            }
        }

        return [.. theirs];
    }

    private static async Task<bool> IsOfAnotherAsync(TContext context, string userId, string identity, CancellationToken cancellationToken)
    {
        var key = UserKey.Parse<TKey>(userId)!;
        var others = context.Set<TUser>().IgnoreQueryFilters().Where(row => !row.Id.Equals(key));
        var normalized = identity.Normalize().ToUpperInvariant();
        return await others.AnyAsync(row => row.NormalizedUserName == normalized || row.NormalizedEmail == normalized, cancellationToken)
            || (MayBePhone(identity) && await others.AnyAsync(row => row.PhoneNumber == identity, cancellationToken));
    }

    // Phone numbers have no index.
    private static bool MayBePhone(string identity) => identity is ['+' or '(' or (>= '0' and <= '9'), ..];
}
