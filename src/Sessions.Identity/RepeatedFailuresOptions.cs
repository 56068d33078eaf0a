namespace Sessions.Identity;

/// <summary>When failed sign-ins against one identity are many enough to tell the host.</summary>
public sealed class RepeatedFailuresOptions
{
    /// <summary>Gets or sets how many failures within the window raise the hook.</summary>
    /// <value>5 by default.</value>
    public int Threshold { get; set; } = 5;

    /// <summary>Gets or sets the window in which failures are counted.</summary>
    /// <value>15 minutes by default.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);
}
