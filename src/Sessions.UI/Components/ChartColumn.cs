namespace Sessions.UI;

/// <summary>A column of a chart: what it says when it is pointed at, and its parts, the lowest first.</summary>
/// <param name="Title">What it says.</param>
/// <param name="Values">Its parts.</param>
public sealed record ChartColumn(string Title, IReadOnlyList<int> Values)
{
    internal int Total => Values.Sum();
}
