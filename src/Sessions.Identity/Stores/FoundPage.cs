namespace Sessions.Identity.Stores;

/// <summary>A page of what a search found.</summary>
/// <typeparam name="TRow">What is listed.</typeparam>
/// <param name="Rows">The rows, newest first.</param>
/// <param name="Next">Where the next page begins, or <see langword="null"/> on the last one.</param>
/// <param name="LookedBackTo">How far the search looked, where it stopped before the page was full and there is more to look at.</param>
internal sealed record FoundPage<TRow>(IReadOnlyList<TRow> Rows, HistoryCursor? Next, DateTimeOffset? LookedBackTo)
{
    /// <summary>Gets the page that nothing is on.</summary>
    public static FoundPage<TRow> Nothing { get; } = new([], null, null);

    /// <summary>Makes the page of what was read for it: one row more than it has, where there is one.</summary>
    public static FoundPage<TRow> Of(List<TRow> read, int count, DateTimeOffset? end, Func<TRow, HistoryCursor> place) => read.Count > count
        ? new(read[..count], place(read[count - 1]), null)
        : new(read, end is { } at ? new HistoryCursor(at, Guid.Empty) : null, end);
}
