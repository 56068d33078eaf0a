using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Accounts;
using Sessions.Identity.Forgetting;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Sees what the app saves of accounts: a registration, a changed password or stamp, a removed login or passkey, a deletion.</summary>
/// <remarks>
/// A change that a session makes itself moves that session's stamp digest in the very save, so that no request, however many come at the
/// same time, sees the one without the other. What goes wrong here stops at the boundary: the save is the app's own.
/// </remarks>
internal sealed class AccountChangeInterceptor : SaveChangesInterceptor
{
    private static readonly ConcurrentDictionary<Type, AccountChangeInterceptor> _ofUserType = new();

    // Its value is the execution context's, whatever accessor the app has registered.
    private static readonly HttpContextAccessor _contexts = new();

    private readonly AccountChangeReader _reader;
    private readonly ConditionalWeakTable<DbContext, AccountSave> _saving = [];

    private AccountChangeInterceptor(Type userType) => _reader = new(userType);

    /// <summary>One for all contexts: what it keeps, it keeps for each of them.</summary>
    public static AccountChangeInterceptor For(Type userType) => _ofUserType.GetOrAdd(userType, static type => new(type));

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Collect(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Collect(eventData.Context);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (Take(eventData.Context, isSaved: true) is { } save)
        {
            // Asked here: another thread does not see the transaction of this one.
            var isCommitted = IsCommitted(eventData.Context!);
            Task.Run(() => TellAsync(eventData.Context!, save, isCommitted)).GetAwaiter().GetResult();
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (Take(eventData.Context, isSaved: true) is { } save)
        {
            await TellAsync(eventData.Context!, save, IsCommitted(eventData.Context!));
        }

        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Take(eventData.Context, isSaved: false);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Take(eventData.Context, isSaved: false);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Take(eventData.Context, isSaved: false);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Take(eventData.Context, isSaved: false);
        return Task.CompletedTask;
    }

    // A session's row that is gone must not fail the app's own save.
    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result) =>
        IsOurs(eventData) ? InterceptionResult.Suppress() : result;

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(
        ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(IsOurs(eventData) ? InterceptionResult.Suppress() : result);

    private bool IsOurs(ConcurrencyExceptionEventData eventData) =>
        eventData.Context is { } context && _saving.TryGetValue(context, out var save) && eventData.Entries.All(entry => save.Holds(entry.Entity));

    private void Collect(DbContext? context)
    {
        Take(context, isSaved: false);
        Guard(context, () =>
        {
            if (_reader.Read(context!, _contexts.HttpContext) is { } save)
            {
                _saving.Add(context!, save);
            }
        });
    }

    private AccountSave? Take(DbContext? context, bool isSaved)
    {
        if (context is null || !_saving.TryGetValue(context, out var save))
        {
            return null;
        }

        _saving.Remove(context);
        Guard(context, () => save.Finish(isSaved));
        return save;
    }

    private static async Task TellAsync(DbContext context, AccountSave save, bool isCommitted)
    {
        var services = Services(context)!;
        await services.GetRequiredService<TrackingBoundary>().RunHereAsync(TrackingStep.ReadAccountChange, async () =>
        {
            if (save.Changes.Count > 0)
            {
                await services.GetRequiredService<AccountChanges>().ChangedAsync(save.Changes, isCommitted);
            }

            if (save.Deleted.Count > 0)
            {
                await services.GetRequiredService<DeletedUsers>().DeletedAsync(save.Deleted, isCommitted);
            }
        });
    }

    private static bool IsCommitted(DbContext context) =>
        context.Database.CurrentTransaction is null && Transaction.Current is null && context.Database.GetEnlistedTransaction() is null;

    // A context that is not the app's own has nobody to tell: then each session finds a changed stamp at its next request, and the sweep
    // what a deletion left.
    private static void Guard(DbContext? context, Action work)
    {
        if (context is not null && Services(context)?.GetService<TrackingBoundary>() is { } boundary)
        {
            boundary.Run(TrackingStep.ReadAccountChange, work);
        }
    }

    private static IServiceProvider? Services(DbContext context) =>
        context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
}
