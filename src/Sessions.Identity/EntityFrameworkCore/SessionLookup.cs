using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The one look-up of a request: a plain command where the context's options are known to allow it, else EF Core's ordinary query.</summary>
internal sealed class SessionLookup<TUser, TContext, TKey>(IOptions<UserSessionOptions> options, ILogger<SessionLookup<TUser, TContext, TKey>> logger) : IDisposable
    where TUser : IdentityUser<TKey>
    where TContext : DbContext
    where TKey : IEquatable<TKey>
{
    private const int TrustedMilliseconds = 1_000;

    private LookupPlan? _plan;
    private volatile string? _lastConnection;
    private volatile bool _differs;
    private long _heardAt;

    public async Task<SessionRecord?> FindAsync(SessionDbContextSource<TContext> contexts, string keyDigest, CancellationToken cancellationToken)
    {
        var plan = Volatile.Read(ref _plan) ?? await MakePlanAsync(contexts);
        if (plan.Command is not { } command)
        {
            return await QueryApartAsync(contexts, keyDigest, cancellationToken);
        }

        // Making a scope's options costs as much as the look-up. Where nothing in them comes from the scope, those of the last second serve;
        // an answer "not there", or none, counts only once this scope's own have been heard.
        var last = _differs || IsStale(contexts) ? null : _lastConnection;
        var (found, fault) = last is null ? default : await TryFindAsync(command, last, keyDigest, cancellationToken);
        return found ?? await FindByOwnOptionsAsync(contexts, command, last, fault, keyDigest, cancellationToken);
    }

    /// <summary>Whether the look-up keeps to that time on the caller's own thread.</summary>
    public bool CanRunInPlace(TimeSpan left) => Volatile.Read(ref _plan)?.Command?.CanRunInPlace(left) == true;

    /// <summary>Whether look-ups have shown that a context is made of its options alone, those of nothing that a scope has, and its connection of a string.</summary>
    public bool AsksNothingOfItsScope => _lastConnection is not null && !_differs;

    public void Dispose() => _plan?.Command?.Dispose();

    // A host may move its database while the app runs.
    private bool IsStale(SessionDbContextSource<TContext> contexts) =>
        !contexts.HasSharedOptions && Environment.TickCount64 - Volatile.Read(ref _heardAt) > TrustedMilliseconds;

    private static async Task<(SessionRecord? Found, Exception? Fault)> TryFindAsync(
        LookupCommand command, string connection, string keyDigest, CancellationToken cancellationToken)
    {
        try
        {
            return (await command.FindAsync(connection, keyDigest, cancellationToken), null);
        }
        catch (DbException fault) when (!cancellationToken.IsCancellationRequested)
        {
            // It may be another tenant's, or have an old password: this scope's own options are heard next.
            return (null, fault);
        }
    }

    private async Task<SessionRecord?> FindByOwnOptionsAsync(
        SessionDbContextSource<TContext> contexts, LookupCommand command, string? last, Exception? fault, string keyDigest, CancellationToken cancellationToken)
    {
        if (contexts.Options is not { } options || PlainConnection.StringOf(options) is not { } connection)
        {
            _differs = true;
            return await QueryApartAsync(contexts, keyDigest, cancellationToken);
        }

        if (connection == last)
        {
            // That was this scope's own answer already.
            return fault is null ? null : throw fault;
        }

        _lastConnection = connection;
        Volatile.Write(ref _heardAt, Environment.TickCount64);
        var session = await command.FindAsync(connection, keyDigest, cancellationToken);
        _differs |= last is not null && session is not null;
        return session;
    }

    // EF's query may block, and was perhaps called in place.
    private Task<SessionRecord?> QueryApartAsync(SessionDbContextSource<TContext> contexts, string keyDigest, CancellationToken cancellationToken) =>
        Task.Run(() => QueryAsync(contexts, keyDigest, cancellationToken), CancellationToken.None);

    private async Task<LookupPlan> MakePlanAsync(SessionDbContextSource<TContext> contexts)
    {
        await using var lease = contexts.Create();
        var plan = LookupPlan.For<TUser, TKey>(lease.Context, options.Value.TrackingTimeout);
        if (plan.WhyOrdinary is { } reason)
        {
            logger.OrdinaryLookup(reason);
        }

        _differs |= plan.Command is not null && contexts.Options is not null && !contexts.HasSharedOptions && contexts.OptionsAskTheScope();

        // Of parallel first requests one makes the plan that stays: it may hold connections.
        return Interlocked.CompareExchange(ref _plan, plan, null) ?? plan;
    }

    private async Task<SessionRecord?> QueryAsync(SessionDbContextSource<TContext> contexts, string keyDigest, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(options.Value.TrackingTimeout);
        var context = lease.Context;
        var users = context.Set<TUser>().IgnoreQueryFilters();
        return await context.Set<IdentityUserSession<TKey>>()
            .AsNoTracking()
            .IgnoreQueryFilters()
            .Where(row => row.KeyDigest == keyDigest)
            .WithUsers(users)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
