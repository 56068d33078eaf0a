using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What nearly every sign-in asks, compiled once: EF Core takes longer to find a query in its cache than SQLite to answer it.</summary>
/// <remarks>
/// What is compiled can't call a method of ours, so that the reasons for which somebody distrusts a device stand here several times: a device of
/// which one of them was the last word counts as new when it comes back. <c>DistrustTests</c> holds all of them to the same.
/// </remarks>
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
            .Select(row => new EarlierSession(row.Id, row.DeviceId == deviceId && deviceId != null, row.TwoFactorRememberDigest)));

    /// <summary>The browsers of a user's live sessions.</summary>
    public Func<TContext, TKey, int, IAsyncEnumerable<string?>> LiveDevices { get; } = EF.CompileAsyncQuery(
        (TContext context, TKey user, int most) => context.Set<IdentityUserSession<TKey>>()
            .AsNoTracking()
            .IgnoreQueryFilters()
            .Where(row => row.UserId.Equals(user) && row.EndedAt == null)
            .OrderBy(row => row.Id)
            .Take(most)
            .Select(row => row.DeviceId));

    /// <summary>The last word on a user's browser, the live sessions that a new one may take the place of, the newest first, and how many are live.</summary>
    public Func<TContext, TKey, TEventKey, DateTimeOffset, string, Guid?, int, CancellationToken, Task<BrowserHistory?>> HistoryOfBrowser { get; } = EF.CompileAsyncQuery(
        (TContext context, TKey user, TEventKey eventUser, DateTimeOffset before, string deviceId, Guid? replaced, int most, CancellationToken _) => context.Set<TUser>()
            .AsNoTracking()
            .AsSingleQuery()
            .IgnoreQueryFilters()
            .Where(one => one.Id.Equals(user))
            .Select(one => new BrowserHistory(
                context.Set<IdentitySessionEvent<TEventKey>>()
                    .Where(row => row.UserId!.Equals(eventUser) && row.DeviceId == deviceId
                        && (row.Kind == SessionEventKind.SignedIn || (row.Kind == SessionEventKind.Revoked
                            && (row.EndReason == SessionEndReason.RevokedByUser || row.EndReason == SessionEndReason.RevokedEverywhereElse
                                || row.EndReason == SessionEndReason.RevokedByAdmin || row.EndReason == SessionEndReason.ReportedByUser))))
                    .OrderByDescending(row => row.OccurredAt)
                    .ThenByDescending(row => row.Id)
                    .Select(row => row.Kind)
                    .FirstOrDefault(),
                context.Set<IdentityUserSession<TKey>>()
                    .Where(row => row.UserId.Equals(one.Id) && row.EndedAt == null && row.CreatedAt <= before && (row.Id == replaced || row.DeviceId == deviceId))
                    .OrderByDescending(row => row.CreatedAt)
                    .Select(row => new EarlierSession(row.Id, row.DeviceId == deviceId, row.TwoFactorRememberDigest))
                    .ToList(),
                context.Set<IdentityUserSession<TKey>>()
                    .Where(row => row.UserId.Equals(user) && row.EndedAt == null)
                    .OrderBy(row => row.LastSeenAt)
                    .Take(most)
                    .Count()))
            .FirstOrDefault());

    /// <summary>
    /// Whether a user has signed in, but never from a device like that. People who were signed in before the install have no event of it, but a row.
    /// A device of the same sort is one like that where it has no id, or comes from the same country.
    /// </summary>
    public Func<TContext, TKey, TEventKey, string?, string?, string?, string?, string?, CancellationToken, Task<bool>> HasSignedInOnlyElsewhere { get; } = EF.CompileAsyncQuery(
        (TContext context, TKey user, TEventKey eventUser, string? type, string? system, string? browser, string? app, string? country, CancellationToken _) => context.Set<TUser>()
            .IgnoreQueryFilters()
            .Where(one => one.Id.Equals(user))
            .Any(one =>
                (context.Set<IdentitySessionEvent<TEventKey>>().Any(row => row.UserId!.Equals(eventUser) && row.Kind == SessionEventKind.SignedIn)
                    || context.Set<IdentityUserSession<TKey>>().Any(row => row.UserId.Equals(user) && row.IsAdopted))
                && !context.Set<IdentitySessionEvent<TEventKey>>().Any(row => row.UserId!.Equals(eventUser) && row.Kind == SessionEventKind.SignedIn
                    && row.DeviceType == type && row.OperatingSystem == system && row.Browser == browser && row.AppName == app
                    && (row.DeviceId == null || (country != null && row.CountryCode == country))
                    && !context.Set<IdentitySessionEvent<TEventKey>>().Any(end => end.UserId!.Equals(eventUser) && end.Kind == SessionEventKind.Revoked
                        && (end.EndReason == SessionEndReason.RevokedByUser || end.EndReason == SessionEndReason.RevokedEverywhereElse
                            || end.EndReason == SessionEndReason.RevokedByAdmin || end.EndReason == SessionEndReason.ReportedByUser)
                        && end.OccurredAt >= row.OccurredAt
                        && ((end.SessionId != null && end.SessionId == row.SessionId) || (end.DeviceId != null && end.DeviceId == row.DeviceId))))
                && !context.Set<IdentityUserSession<TKey>>().Any(row => row.UserId.Equals(user) && row.IsAdopted
                    && (row.EndReason == null || (row.EndReason != SessionEndReason.RevokedByUser && row.EndReason != SessionEndReason.RevokedEverywhereElse
                        && row.EndReason != SessionEndReason.RevokedByAdmin && row.EndReason != SessionEndReason.ReportedByUser))
                    && row.DeviceType == type && row.OperatingSystem == system && row.Browser == browser && row.AppName == app
                    && (row.DeviceId == null || (country != null && row.CountryCode == country)))));

    public static SignInQueries<TUser, TContext, TKey, TEventKey> Of(TContext context) => _ofApp
        .GetValue(context.GetService<IModelSource>(), static _ => [])
        .GetValue(context.Model, static _ => new SignInQueries<TUser, TContext, TKey, TEventKey>());
}

/// <summary>What is known of a browser that comes back.</summary>
/// <param name="LastWord">The kind of event that says last whether it is to be trusted.</param>
/// <param name="Earlier">The live sessions that a new one may take the place of.</param>
/// <param name="Live">How many live sessions its user has, as far as was counted.</param>
internal sealed record BrowserHistory(string? LastWord, List<EarlierSession> Earlier, int Live);
