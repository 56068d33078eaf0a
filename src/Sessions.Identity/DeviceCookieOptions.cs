namespace Sessions.Identity;

/// <summary>The cookie that lets a browser be recognised at its next sign-in. It identifies the browser installation, never the person.</summary>
public sealed class DeviceCookieOptions
{
    /// <summary>Gets or sets the cookie's name.</summary>
    /// <value>"Sessions.Device" by default.</value>
    public string Name { get; set; } = "Sessions.Device";

    /// <summary>Gets or sets how long the browser keeps it after its last sign-in. Browsers cap it at 400 days (RFC 6265bis).</summary>
    /// <value>400 days by default.</value>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(400);
}
