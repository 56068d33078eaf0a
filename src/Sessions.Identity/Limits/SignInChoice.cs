namespace Sessions.Identity.Limits;

/// <summary>What the page shows, or where it leads.</summary>
internal sealed record SignInChoice
{
    /// <summary>Whether there is nothing to choose: the choice was made, is over, or is none of ours.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether the person is signed in now.</summary>
    public bool IsDone { get; init; }

    /// <summary>Whether what was chosen makes too little room.</summary>
    public bool IsTooFew { get; init; }

    /// <summary>Whether the registry can't be reached: the person goes on without choosing.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>The sessions to choose from, the oldest first. None: there is room.</summary>
    public IReadOnlyList<UserSessionInfo> Sessions { get; init; } = [];

    /// <summary>How many of them must end.</summary>
    public int Surplus { get; init; }

    /// <summary>The limit.</summary>
    public int Most { get; init; }

    /// <summary>Whether the limit is one of devices of the same type.</summary>
    public bool IsOfType { get; init; }

    /// <summary>Where to go on.</summary>
    public string? ReturnUrl { get; init; }
}
