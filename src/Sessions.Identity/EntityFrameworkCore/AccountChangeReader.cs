using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sessions.Identity.Accounts;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Reads from what a context is about to save what changes of accounts.</summary>
internal sealed class AccountChangeReader(Type userType)
{
    private readonly Type _sessionType = UserKey.SessionEntity(UserKey.TypeOf(userType)!);

    public AccountSave? Read(DbContext context, HttpContext? http)
    {
        var entries = TrackedEntries.Of(context.ChangeTracker, entry => IsUser(entry) || (entry.State == EntityState.Deleted && IsCredential(entry)));
        if (entries.Count == 0)
        {
            return null;
        }

        var request = http?.Features.Get<SessionRequest>();
        var changes = new List<AccountChange>();
        EntityEntry? own = null;
        foreach (var entry in entries.Where(IsUser))
        {
            Detect(context, entry);
            if (entry.State == EntityState.Added)
            {
                NoteRegistration(entry, http);
            }
            else if (entry.State == EntityState.Modified && ChangeOfStamp(entry, request) is { } change)
            {
                changes.Add(change);
                own = change.KeptSessionId is null ? own : entry;
            }
        }

        // Identity gives an account that loses a login a new stamp in the same save: that is one change.
        var changed = changes.Select(change => change.UserId).ToHashSet();
        changes.AddRange(Removals(entries, request).Where(removal => !changed.Contains(removal.UserId)));
        var deleted = entries.Where(IsDeletedUser).Select(Describe).ToList();
        if (changes.Count == 0 && deleted.Count == 0)
        {
            return null;
        }

        var save = new AccountSave(changes, deleted);
        if (own is not null)
        {
            Move(context, save, own, request!.Ticket!);
        }

        return save;
    }

    // The app's own edits of a tracked user are detected by the save itself, which is later; where the app does that by hand, it has.
    private static void Detect(DbContext context, EntityEntry user)
    {
        if (context.ChangeTracker.AutoDetectChangesEnabled)
        {
            user.DetectChanges();
        }
    }

    private bool IsUser(EntityEntry entry) => userType.IsInstanceOfType(entry.Entity);

    private static bool IsCredential(EntityEntry entry) => IsCredential(entry.Metadata.ClrType);

    private static bool IsCredential(Type? type) => type is not null
        && ((type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IdentityUserLogin<>) || type.GetGenericTypeDefinition() == typeof(IdentityUserPasskey<>)))
            || IsCredential(type.BaseType));

    private static void NoteRegistration(EntityEntry user, HttpContext? http)
    {
        if (http is not null && Current(user, nameof(IdentityUser.PasswordHash)) is not null)
        {
            SessionRequest.Of(http).RegisteredUser = user.Entity;
        }
    }

    private static AccountChange? ChangeOfStamp(EntityEntry user, SessionRequest? request)
    {
        var stamp = user.Property(nameof(IdentityUser.SecurityStamp));
        var hash = user.Property(nameof(IdentityUser.PasswordHash));
        if (Rehash.Take(user.Entity, hash.CurrentValue as string) is { } rehash)
        {
            // The same password, hashed better. Identity gives it a new stamp all the same, which would sign the person out everywhere.
            stamp.CurrentValue = rehash.Stamp;
        }

        if (stamp.CurrentValue is not string changed || Equals(stamp.OriginalValue, changed))
        {
            return null;
        }

        var isPassword = !Equals(hash.OriginalValue, hash.CurrentValue);
        return Change(IdOf(user), isPassword ? SessionEndReason.PasswordChanged : SessionEndReason.SecurityStampChanged, request) with
        {
            Stamp = new StampChange(SecretDigest.OfOrNull(stamp.OriginalValue as string), SecretDigest.Of(changed)),
        };
    }

    // Those of an account that is deleted go with it.
    private IEnumerable<AccountChange> Removals(List<EntityEntry> entries, SessionRequest? request)
    {
        var deleted = entries.Where(IsDeletedUser).Select(IdOf).ToHashSet();
        return entries.Where(IsCredential)
            .Select(entry => (Entry: entry, UserId: UserKey.Format(entry.Property("UserId").OriginalValue)))
            .Where(removed => !deleted.Contains(removed.UserId))
            .Select(removed => Change(removed.UserId, SessionEndReason.SecurityStampChanged, request) with
            {
                Removed = new RemovedCredential(
                    removed.Entry.Metadata.ClrType,
                    [.. removed.Entry.Metadata.FindPrimaryKey()!.Properties.Select(property => removed.Entry.Property(property).OriginalValue)]),
            });
    }

    private static AccountChange Change(string userId, string reason, SessionRequest? request)
    {
        var ticket = request?.Ticket is { IsRefused: false } known ? known : null;
        var session = ticket?.Sender;
        return new AccountChange
        {
            UserId = userId,
            Reason = reason,
            KeptSessionId = session?.UserId == userId ? session.Id : null,
            KeptKeyDigest = session is null ? ticket?.Properties.GetSessionKey()?.Digest() : null,
            ActorId = session is not null && session.UserId != userId ? session.UserId : null,
        };
    }

    private void Move(DbContext context, AccountSave save, EntityEntry user, CheckedTicket ticket)
    {
        var session = ticket.Sender!;
        var stamp = (string)Current(user, nameof(IdentityUser.SecurityStamp))!;
        var tracked = TrackedEntries.Of(context.ChangeTracker, entry => entry.Entity.GetType() == _sessionType && Equals(Current(entry, "Id"), session.Id));
        if (tracked is [var known])
        {
            save.Move(known, isAttached: false, ticket, stamp);
            return;
        }

        var row = Activator.CreateInstance(_sessionType)!;
        _sessionType.GetProperty("Id")!.SetValue(row, session.Id);
        _sessionType.GetProperty("UserId")!.SetValue(row, Current(user, "Id"));
        save.Move(context.Attach(row), isAttached: true, ticket, stamp);
    }

    private bool IsDeletedUser(EntityEntry entry) => entry.State == EntityState.Deleted && IsUser(entry);

    private static DeletedUser Describe(EntityEntry user) => DeletedUser.Of(
        UserKey.Format(Original(user, nameof(IdentityUser.Id))),
        Original(user, nameof(IdentityUser.UserName)) as string,
        Original(user, nameof(IdentityUser.Email)) as string,
        Original(user, nameof(IdentityUser.EmailConfirmed)) is true,
        Original(user, nameof(IdentityUser.PhoneNumber)) as string,
        Original(user, nameof(IdentityUser.PhoneNumberConfirmed)) is true);

    // A column that the app's model leaves out says nothing.
    private static object? Original(EntityEntry user, string name) =>
        user.Metadata.FindProperty(name) is { } property ? user.Property(property).OriginalValue : null;

    private static string IdOf(EntityEntry user) => UserKey.Format(Current(user, "Id"));

    private static object? Current(EntityEntry entry, string property) => entry.Property(property).CurrentValue;
}
