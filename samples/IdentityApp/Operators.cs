namespace IdentityApp;

/// <summary>Who may open the operators' pages: users with a claim.</summary>
internal static class Operators
{
    public const string Policy = "operators";
    public const string Claim = "operator";
}
