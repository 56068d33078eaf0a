using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Accounts;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Sees what the app saves of accounts: a registration, a changed password or stamp, a removed login or passkey.</summary>
/// <remarks>
/// A change that a session makes itself moves that session's stamp digest in the very save, so that no request, however many come at the
/// same time, sees the one without the other.
/// </remarks>
internal sealed class AccountChangeInterceptor(Type userType) : SaveChangesInterceptor
{
    // Its value is the execution context's, whatever accessor the app has registered.
    private static readonly HttpContextAccessor _contexts = new();

    private readonly AccountChangeReader _reader = new(userType);
    private readonly ConditionalWeakTable<DbContext, AccountSave> _saving = [];

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
        if (Take(eventData.Context) is { } save)
        {
            save.Finish(isSaved: true);
            Task.Run(() => TellAsync(eventData.Context!, save)).GetAwaiter().GetResult();
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (Take(eventData.Context) is { } save)
        {
            save.Finish(isSaved: true);
            await TellAsync(eventData.Context!, save);
        }

        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Take(eventData.Context)?.Finish(isSaved: false);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Take(eventData.Context)?.Finish(isSaved: false);
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
        Take(context)?.Finish(isSaved: false);
        if (context is null)
        {
            return;
        }

        AccountSave? save = null;
        var request = _contexts.HttpContext?.Features.Get<SessionRequest>();
        Guard(context, () => save = _reader.Read(context, _contexts.HttpContext, request));
        if (save is not null)
        {
            _saving.Add(context, save);
        }
    }

    private AccountSave? Take(DbContext? context)
    {
        if (context is null || !_saving.TryGetValue(context, out var save))
        {
            return null;
        }

        _saving.Remove(context);
        return save;
    }

    // A context that is not the app's own has nobody to tell: then each session finds the changed stamp at its next request.
    private static Task TellAsync(DbContext context, AccountSave save)
    {
        var isCommitted = context.Database.CurrentTransaction is null && System.Transactions.Transaction.Current is null;
        return Services(context)?.GetService<AccountChanges>()?.ChangedAsync(save.Changes, isCommitted) ?? Task.CompletedTask;
    }

    private static void Guard(DbContext context, Action work)
    {
        if (Services(context)?.GetService<TrackingBoundary>() is { } boundary)
        {
            boundary.Run(TrackingStep.ReadAccountChange, work);
        }
    }

    private static IServiceProvider? Services(DbContext context) =>
        context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
}
