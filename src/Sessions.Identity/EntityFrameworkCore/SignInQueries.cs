using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What nearly every sign-in asks, compiled once: EF Core takes longer to find a query in its cache than SQLite to answer it.</summary>
internal sealed class SignInQueries<TUser, TContext, TKey, TEventKey>
    where TUser : IdentityUser<TKey>
    where TContext : DbContext
    where TKey : IEquatable<TKey>
{
    // A compiled query belongs to a model, and a type of context may have several; a model that is compiled ahead may serve several apps of one
    // process, each with services of its own.
    private static readonly ConditionalWeakTable<IModelSource, ConditionalWeakTable<IModel, SignInQueries<TUser, TContext, TKey, TEventKey>>> _ofApp = [];

    /// <summary>A user's live sessions that a new one may take the place of, the newest first: of that browser, or that one.</summary>
    public Func<TContext, TKey, DateTimeOffset, string?, Guid?, int, IAsyncEnumerable<EarlierSession>> Earlier { get; } = EF.CompileAsyncQuery(
        (TContext context, TKey user, DateTimeOffset before, string? deviceId, Guid? replaced, int most) => context.Set<IdentityUserSession<TKey>>()
            .AsNoTracking()
            .IgnoreQueryFilters()
            .Where(row => row.UserId.Equals(user) && row.EndedAt == null && row.CreatedAt <= before
                && (row.Id == replaced || (deviceId != null && row.DeviceId == deviceId)))
            .OrderByDescending(row => row.CreatedAt)
            .Take(most)
            .Select(row => new EarlierSession(row.DeviceId == deviceId && deviceId != null, row.TwoFactorRememberDigest)));

    /// <summary>The browsers of a user's live sessions.</summary>
    public Func<TContext, TKey, int, IAsyncEnumerable<string?>> LiveDevices { get; } = EF.CompileAsyncQuery(
        (TContext context, TKey user, int most) => context.Set<IdentityUserSession<TKey>>()
            .AsNoTracking()
            .IgnoreQueryFilters()
            .Where(row => row.UserId.Equals(user) && row.EndedAt == null)
            .OrderBy(row => row.Id)
            .Take(most)
            .Select(row => row.DeviceId));

    /// <summary>The kind of event that says last whether a user's browser is to be trusted.</summary>
    /// <remarks>The reasons are those of <see cref="DistrustQueries"/>: what is compiled can't call them.</remarks>
    public Func<TContext, TEventKey, string, CancellationToken, Task<string?>> LastWord { get; } = EF.CompileAsyncQuery(
        (TContext context, TEventKey user, string deviceId, CancellationToken _) => context.Set<IdentitySessionEvent<TEventKey>>()
            .AsNoTracking()
            .IgnoreQueryFilters()
            .Where(row => row.UserId!.Equals(user) && row.DeviceId == deviceId
                && (row.Kind == SessionEventKind.SignedIn || (row.Kind == SessionEventKind.Revoked
                    && (row.EndReason == SessionEndReason.RevokedByUser || row.EndReason == SessionEndReason.RevokedEverywhereElse
                        || row.EndReason == SessionEndReason.RevokedByAdmin || row.EndReason == SessionEndReason.ReportedByUser))))
            .OrderByDescending(row => row.OccurredAt)
            .ThenByDescending(row => row.Id)
            .Select(row => row.Kind)
            .FirstOrDefault());

    public static SignInQueries<TUser, TContext, TKey, TEventKey> Of(TContext context) => _ofApp
        .GetValue(context.GetService<IModelSource>(), static _ => [])
        .GetValue(context.Model, static _ => new SignInQueries<TUser, TContext, TKey, TEventKey>());
}

/// <summary>A session that a new one may take the place of.</summary>
/// <param name="IsOfBrowser">Whether it is of the same browser.</param>
/// <param name="RememberDigest">The digest of what its browser remembers for the second factor.</param>
internal sealed record EarlierSession(bool IsOfBrowser, string? RememberDigest);
