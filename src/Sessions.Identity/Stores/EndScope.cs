namespace Sessions.Identity.Stores;

/// <summary>How far a decision to end sessions reached. Kept on its events, which judge tickets that have no row yet.</summary>
internal static class EndScope
{
    public const string One = "one";
    public const string Others = "others";
    public const string All = "all";
}
