using Sessions.Identity.EntityFrameworkCore;

namespace Sessions.Identity.SignIn;

/// <summary>What was typed into the name field, in the one form in which it is kept and compared.</summary>
internal static class TypedIdentity
{
    public static string? Normalize(string? typed)
    {
        // Cut before it is looked at: it is written by anybody and may be megabytes long.
        var text = ColumnLengths.Cut(typed, ColumnLengths.Identity * 2)?.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(text) ? null : ColumnLengths.Cut(text, ColumnLengths.Identity);
    }
}
