namespace Sessions.Identity;

/// <summary>A mail to a person about their sessions, in their language, as text and as HTML that say the same.</summary>
public sealed class SessionEmail
{
    /// <summary>The address: a confirmed one of the person's.</summary>
    public required string Address { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The mail as plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The mail as a whole HTML document.</summary>
    public required string Html { get; init; }
}
