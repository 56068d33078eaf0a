using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sessions.Identity.Accounts;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What one save changes of accounts, and the row of the session that makes the change.</summary>
internal sealed class AccountSave(IReadOnlyList<AccountChange> changes, IReadOnlyList<DeletedUser> deleted)
{
    private EntityEntry? _row;
    private bool _isAttached;
    private CheckedTicket? _ticket;
    private string? _stamp;

    public IReadOnlyList<AccountChange> Changes { get; } = changes;

    public IReadOnlyList<DeletedUser> Deleted { get; } = deleted;

    public bool Holds(object entity) => ReferenceEquals(_row?.Entity, entity);

    /// <summary>Takes the session's own row into the save.</summary>
    public void Move(EntityEntry row, bool isAttached, CheckedTicket ticket, string stamp)
    {
        (_row, _isAttached, _ticket, _stamp) = (row, isAttached, ticket, stamp);
        var digest = row.Property(nameof(IdentityUserSession<>.StampDigest));
        digest.CurrentValue = SecretDigest.Of(stamp);
        digest.IsModified = true;
    }

    /// <summary>Leaves the app's context as it would have been without us.</summary>
    public void Finish(bool isSaved)
    {
        if (_isAttached)
        {
            _row!.State = EntityState.Detached;
        }

        if (isSaved && _ticket is { Sender: { } session })
        {
            _ticket.Update(session with { StampDigest = SecretDigest.Of(_stamp!), SecurityStamp = _stamp });
        }
    }
}
