namespace Sessions.Identity;

/// <summary>When a person must enter their credentials again before they do something sensitive (ASVS 5.0, 7.5.1 and 7.5.2).</summary>
public sealed class AccessConfirmationOptions
{
    /// <summary>Gets or sets how long credentials that were entered hold, those of the sign-in itself included.</summary>
    /// <value>15 minutes by default.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets whether the Devices page asks for it before it signs other devices out.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool RequiredToSignOutDevices { get; set; }

    /// <summary>Gets or sets where the page is that asks. It gets the way back as <c>returnUrl</c>.</summary>
    /// <value>
    /// <see langword="null"/> by default: the page of Sessions.UI, <c>/Identity/Account/ConfirmAccess</c>. A host with a page of its own calls
    /// <c>HttpContext.ConfirmAccessAsync</c> there.
    /// </value>
    public string? Path { get; set; }
}
