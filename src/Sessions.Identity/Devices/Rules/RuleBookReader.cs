using System.IO.Compression;

namespace Sessions.Identity.Devices.Rules;

/// <summary>Reads the rule book that the build embedded. The build's RuleBookWriter writes it, field for field.</summary>
internal static class RuleBookReader
{
    private const string Resource = "Sessions.Identity.DeviceRules";

    public static RuleBook ReadEmbedded()
    {
        using var resource = typeof(RuleBookReader).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from Sessions.Identity. Build it again with npm at hand.");
        return Read(resource);
    }

    public static RuleBook Read(Stream book)
    {
        using var reader = new BinaryReader(new BrotliStream(book, CompressionMode.Decompress));
        var sets = ReadMany(reader, from => new CharSet(from.ReadUInt64(), from.ReadUInt64(), from.ReadBoolean()));
        var words = ReadMany(reader, from => from.ReadString());
        var templates = ReadMany(reader, from => from.ReadString());

        var rules = new List<PatternRule>();
        var starts = new List<int> { 0 };
        for (var list = RuleList.OwnBrowsers; list <= RuleList.Crawlers; list++)
        {
            rules.AddRange(ReadMany(reader, from => ReadRule(from, sets, templates)));
            starts.Add(rules.Count);
        }

        return new RuleBook(sets, words, [.. rules], [.. starts]);
    }

    private static PatternRule ReadRule(BinaryReader reader, CharSet[] sets, string[] templates) => new(
        sets[reader.ReadUInt16()],
        reader.ReadUInt16(),
        ReadNumbers(reader),
        ReadMany(reader, ReadNumbers),
        ReadMany(reader, from => from.ReadUInt16() is var number && number == ushort.MaxValue ? null : templates[number]));

    private static ushort[] ReadNumbers(BinaryReader reader) => ReadMany(reader, from => from.ReadUInt16());

    private static T[] ReadMany<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadUInt16()];
        for (var index = 0; index < items.Length; index++)
        {
            items[index] = read(reader);
        }

        return items;
    }
}
