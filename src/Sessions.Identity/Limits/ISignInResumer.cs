namespace Sessions.Identity.Limits;

/// <summary>Goes on with a sign-in that waited, by the app's own sign-in manager.</summary>
internal interface ISignInResumer
{
    /// <summary>Whether the user may still sign in: is there, not locked out, and has changed nothing that ends sessions.</summary>
    Task<bool> IsValidAsync(PendingChoice choice);

    /// <summary>Signs in with what the first attempt had.</summary>
    /// <returns>Whether the user still could. The request's choice tells what became of it.</returns>
    Task<bool> SignInAsync(PendingChoice choice);
}
