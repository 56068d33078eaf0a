namespace Sessions.UI;

/// <summary>How a point in time is told. The exact one is always in the title and, for machines, in <c>datetime</c>.</summary>
public enum SessionTimeStyle
{
    /// <summary>Date and time of day, such as "9 March 2026 12:00 UTC".</summary>
    Exact,

    /// <summary>The date alone.</summary>
    Date,

    /// <summary>How long ago, such as "3 minutes ago".</summary>
    Relative,
}
