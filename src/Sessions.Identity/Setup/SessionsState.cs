namespace Sessions.Identity;

/// <summary>Whether sessions are tracked at all: not on EF Core's in-memory provider, which hosts use in their tests.</summary>
internal sealed class SessionsState
{
    private volatile bool _isEnabled = true;

    public bool IsEnabled => _isEnabled;

    public void Disable() => _isEnabled = false;
}
