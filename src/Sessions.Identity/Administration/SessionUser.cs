namespace Sessions.Identity;

/// <summary>A user as operators see them in a list.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserName">The user's name.</param>
/// <param name="Email">The user's address, confirmed or not.</param>
public sealed record SessionUser(string Id, string? UserName, string? Email)
{
    /// <summary>Gets what to call the user: the name, else the address, else the id.</summary>
    public string Name => UserName ?? Email ?? Id;
}
