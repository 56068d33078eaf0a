using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Forgetting;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Sees accounts that the app deletes, by a manager or by itself, so that their trail goes with them.</summary>
internal sealed class DeletedUsersInterceptor(Type userType) : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, List<DeletedUser>> _saving = [];

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
        if (Take(eventData.Context) is { } deleted)
        {
            Task.Run(() => TellAsync(eventData.Context!, deleted)).GetAwaiter().GetResult();
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (Take(eventData.Context) is { } deleted)
        {
            await TellAsync(eventData.Context!, deleted);
        }

        return result;
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Take(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Take(eventData.Context);
        return Task.CompletedTask;
    }

    private void Collect(DbContext? context)
    {
        Take(context);
        if (context is not null && Deleted(context.ChangeTracker) is { Count: > 0 } deleted)
        {
            _saving.Add(context, deleted);
        }
    }

    private List<DeletedUser>? Take(DbContext? context)
    {
        if (context is null || !_saving.TryGetValue(context, out var deleted))
        {
            return null;
        }

        _saving.Remove(context);
        return deleted;
    }

    // A context that is not the app's own has nobody to tell: then the sweep finds what is left.
    private static Task TellAsync(DbContext context, List<DeletedUser> deleted)
    {
        var services = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        var isCommitted = context.Database.CurrentTransaction is null && System.Transactions.Transaction.Current is null;
        return services?.GetService<DeletedUsers>()?.DeletedAsync(deleted, isCommitted) ?? Task.CompletedTask;
    }

    // Without detecting changes of everything: a deletion is known at once.
    private List<DeletedUser> Deleted(ChangeTracker tracker)
    {
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries().Where(entry => entry.State == EntityState.Deleted && userType.IsInstanceOfType(entry.Entity)).Select(Describe)];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }

    private static DeletedUser Describe(EntityEntry user) => DeletedUser.Of(
        UserKey.Format(Value(user, "Id")),
        Value(user, "UserName") as string,
        Value(user, "Email") as string,
        Value(user, "EmailConfirmed") is true,
        Value(user, "PhoneNumber") as string,
        Value(user, "PhoneNumberConfirmed") is true);

    private static object? Value(EntityEntry user, string name) =>
        user.Metadata.FindProperty(name) is { } property ? user.Property(property).OriginalValue : null;
}
