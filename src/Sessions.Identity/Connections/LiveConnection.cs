namespace Sessions.Identity.Connections;

/// <summary>A connection that outlives its request, and the session that it began with.</summary>
/// <param name="abort">Closes it.</param>
internal sealed class LiveConnection(Action abort)
{
    private int _isEnded;
    private int _wasActive;

    /// <summary>Whose it is, also where sessions could not be looked up; <see langword="null"/> for nobody's.</summary>
    public string? Owner { get; init; }

    /// <summary>The digest of its ticket's key, by which the session is found where its request got no answer.</summary>
    public string? KeyDigest { get; init; }

    /// <summary>The session; <see langword="null"/> where none is tracked, or not found yet.</summary>
    public Guid? SessionId { get; set; }

    public bool IsEnded => Volatile.Read(ref _isEnded) == 1;

    /// <summary>Notes that its person did something.</summary>
    public void Act() => Volatile.Write(ref _wasActive, 1);

    /// <summary>Whether they did since this was last asked.</summary>
    public bool TakeActivity() => Interlocked.Exchange(ref _wasActive, 0) == 1;

    /// <summary>Takes no more of it, and closes it.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            abort();
        }
    }
}
