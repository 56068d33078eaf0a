namespace Sessions.Benchmarks.Load;

/// <summary>The apps that are compared. They differ in nothing else.</summary>
internal enum Variant
{
    /// <summary>Identity as it comes: a revoked sign-in is noticed after up to 30 minutes.</summary>
    Stock,

    /// <summary>With AddSessions(): a revoked session is refused at its next request.</summary>
    Sessions,

    /// <summary>Identity's own way to immediate revocation: SecurityStampValidatorOptions.ValidationInterval = TimeSpan.Zero.</summary>
    StockAtEveryRequest,
}
