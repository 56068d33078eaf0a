namespace Sessions.Identity;

/// <summary>The mail that tells a person of a sign-in from a device that is new to them. It needs Sessions.UI, whose pages its links lead to.</summary>
public sealed class NewDeviceMailOptions
{
    /// <summary>Gets or sets the address under which people reach the app, such as <c>https://app.example.com</c>. Setting it turns the mail on.</summary>
    /// <value><see langword="null"/> by default: no mail. Links are built of it, never of what a request says of its host.</value>
    public Uri? SiteAddress { get; set; }

    /// <summary>Gets or sets how long after the sign-in the link "This wasn't me" works.</summary>
    /// <value>7 days by default.</value>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromDays(7);
}
