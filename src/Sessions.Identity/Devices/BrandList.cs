namespace Sessions.Identity.Devices;

/// <summary>A browser's name among its client hints, and its version.</summary>
internal readonly record struct Brand(string Name, string? Version);

/// <summary>Reads Sec-CH-UA and Sec-CH-UA-Full-Version-List: <c>"Chromium";v="142", "Not_A Brand";v="99"</c>.</summary>
internal static class BrandList
{
    private const int MostBrands = 8;

    public static IReadOnlyList<Brand> Parse(string? header)
    {
        var brands = new List<Brand>();
        var rest = header.AsSpan();
        while (brands.Count < MostBrands && TryTakeQuoted(ref rest, out var name))
        {
            // The parameters end at the comma before the next brand.
            var end = rest.IndexOf(',');
            var parameters = end < 0 ? rest : rest[..end];
            var version = parameters.IndexOf("v=\"") is var at && at >= 0 && TryTakeQuoted(ref parameters, out var quoted) ? quoted : null;
            brands.Add(new Brand(name, version));
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return brands;
    }

    /// <summary>The text of a structured header's string: <c>"Windows"</c> without its quotes.</summary>
    public static string? Unquote(string? header)
    {
        var rest = header.AsSpan().Trim();
        return rest.Length > 0 && rest[0] == '"' && TryTakeQuoted(ref rest, out var text) && text.Length > 0 ? text
            : rest.Length > 0 && rest[0] != '"' ? rest.ToString()
            : null;
    }

    // GREASE puts odd characters inside the quotes, escaped ones among them.
    private static bool TryTakeQuoted(ref ReadOnlySpan<char> rest, out string text)
    {
        text = "";
        var start = rest.IndexOf('"');
        if (start < 0)
        {
            return false;
        }

        for (var end = start + 1; end < rest.Length; end++)
        {
            if (rest[end] == '\\')
            {
                end++;
            }
            else if (rest[end] == '"')
            {
                text = rest[(start + 1)..end].ToString().Replace("\\", "", StringComparison.Ordinal);
                rest = rest[(end + 1)..];
                return true;
            }
        }

        return false;
    }
}
