namespace Sessions.Identity.Limits;

/// <summary>A sign-in of this request that is held back until its response shows whether its person can be asked.</summary>
/// <param name="Choice">What goes to the browser if they can.</param>
/// <param name="Page">Where they are asked.</param>
/// <param name="SignIn">Goes on without asking.</param>
internal sealed record HeldSignIn(PendingChoice Choice, string Page, Func<Task> SignIn);
