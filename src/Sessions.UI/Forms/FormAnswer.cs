namespace Sessions.UI.Forms;

/// <summary>What came of a form, for the page to tell in its own way.</summary>
internal sealed record FormAnswer
{
    public static FormAnswer NotFound { get; } = new() { IsNotFound = true };

    /// <summary>Whether the form names nothing of the person's.</summary>
    public bool IsNotFound { get; private init; }

    /// <summary>What was done, to be told on the page that the person is led to.</summary>
    public string? Status { get; private init; }

    /// <summary>Why it was not done.</summary>
    public string? Alert { get; private init; }

    /// <summary>Whether that is because the registry can't be reached.</summary>
    public bool IsUnavailable { get; private init; }

    /// <summary>Where the person must go first.</summary>
    public string? Before { get; private init; }

    public static FormAnswer Done(string? status = null) => new() { Status = status };

    public static FormAnswer Refused(string alert) => new() { Alert = alert };

    public static FormAnswer Unavailable(string alert) => new() { Alert = alert, IsUnavailable = true };

    public static FormAnswer GoFirst(string address) => new() { Before = address };
}
