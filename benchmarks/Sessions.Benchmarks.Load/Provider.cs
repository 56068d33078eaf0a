namespace Sessions.Benchmarks.Load;

/// <summary>The databases that are measured, with what issue 3 holds Sessions to on each.</summary>
internal enum Provider
{
    Sqlite,
    Postgres,
}

internal static class Requirements
{
    /// <summary>The least share of the throughput of <see cref="Variant.StockAtEveryRequest"/>.</summary>
    public const double OfEveryRequest = 3;

    /// <summary>The least share of the throughput of <see cref="Variant.Stock"/>.</summary>
    public static double OfStock(Provider provider) => provider == Provider.Sqlite ? 0.90 : 0.45;
}
