namespace Sessions.Identity.SignIn;

/// <summary>What is kept of a sign-in beside its method, where it is known.</summary>
internal static class SignInDetail
{
    /// <summary>The account was made in the same request, with the password that was typed there.</summary>
    public const string Registration = "registration";
}
