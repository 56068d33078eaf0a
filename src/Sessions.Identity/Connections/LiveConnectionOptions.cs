namespace Sessions.Identity;

/// <summary>What becomes of SignalR connections and Blazor circuits when their session ends.</summary>
/// <remarks>A connection without a tracked session, such as one with a bearer token, is left alone.</remarks>
public sealed class LiveConnectionOptions
{
    /// <summary>Gets or sets how often the sessions of all live connections are looked up, together.</summary>
    /// <value>1 minute by default. <see langword="null"/>: never; then only <see cref="EndAtOnce"/> closes them.</value>
    public TimeSpan? RevalidationInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets whether connections to this process are closed the moment that their session is ended by this process.</summary>
    /// <value><see langword="true"/> by default. <see langword="false"/>: within <see cref="RevalidationInterval"/>, as those to other processes.</value>
    public bool EndAtOnce { get; set; } = true;
}
