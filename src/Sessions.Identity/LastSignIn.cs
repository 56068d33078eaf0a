namespace Sessions.Identity;

/// <summary>How a browser last signed in. It says the way, never who.</summary>
public sealed record LastSignIn
{
    /// <summary>The method: one of <see cref="SignInMethod"/>, or a host's own.</summary>
    public required string Method { get; init; }

    /// <summary>The external provider, where there was one: "google", "github".</summary>
    public string? Provider { get; init; }

    /// <summary>When, in UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
}
