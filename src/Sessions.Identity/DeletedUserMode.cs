namespace Sessions.Identity;

/// <summary>What happens to a person's trail when their account is deleted.</summary>
public enum DeletedUserMode
{
    /// <summary>It is erased with the account. The default.</summary>
    Erase,

    /// <summary>It is kept without the link to the person, for hosts that must.</summary>
    KeepUnlinked,
}
