namespace Sessions.Identity.Stores;

/// <summary>A person whose account was deleted: their id, and the identities under which failed attempts may be kept.</summary>
internal sealed record DeletedUser(string Id, string[] OwnIdentities, string[] UnconfirmedIdentities)
{
    /// <summary>Tells apart what is the person's beyond doubt, and what anybody could have written there.</summary>
    public static DeletedUser Of(string id, string? userName, string? email, bool emailConfirmed, string? phone, bool phoneConfirmed)
    {
        var own = UserIdentities.Of(userName, emailConfirmed ? email : null, phoneConfirmed ? phone : null);
        var all = new[] { userName, email, phone }.Select(SignIn.TypedIdentity.Normalize).OfType<string>();
        return new DeletedUser(id, own, [.. all.Except(own)]);
    }
}
