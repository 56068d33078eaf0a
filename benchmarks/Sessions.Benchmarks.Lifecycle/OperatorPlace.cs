using Sessions.Identity.Stores;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>A filled database, as far as questions need to know it.</summary>
/// <param name="Events">How many events it has.</param>
/// <param name="Newest">When the newest of them happened.</param>
internal sealed record OperatorPlace(int Events, DateTimeOffset Newest)
{
    /// <summary>In the middle of whatever the database holds.</summary>
    public HistoryCursor Middle => new(Newest.AddDays(-Events / 2.0 / OperatorFilling.EventsPerDay), Guid.AllBitsSet);

    /// <summary>Before everything that either database holds.</summary>
    public DateTimeOffset Beginning => new(Newest.UtcDateTime.Date.AddYears(-9), TimeSpan.Zero);
}
