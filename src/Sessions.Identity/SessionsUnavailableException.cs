namespace Sessions.Identity;

/// <summary>The registry of sessions could not be read or written. Nothing was changed, and nobody was signed out.</summary>
public sealed class SessionsUnavailableException : Exception
{
    private const string DefaultMessage = "The registry of sessions can't be reached just now. Nothing was changed.";

    /// <summary>Initializes a new instance of <see cref="SessionsUnavailableException"/>.</summary>
    public SessionsUnavailableException()
        : base(DefaultMessage)
    {
    }

    /// <summary>Initializes a new instance of <see cref="SessionsUnavailableException"/>.</summary>
    /// <param name="message">What could not be done.</param>
    public SessionsUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of <see cref="SessionsUnavailableException"/>.</summary>
    /// <param name="message">What could not be done.</param>
    /// <param name="innerException">Why.</param>
    public SessionsUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
