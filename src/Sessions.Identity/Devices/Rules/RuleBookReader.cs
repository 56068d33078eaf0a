using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

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
        using var unpacked = new MemoryStream();
        using (var packed = new BrotliStream(book, CompressionMode.Decompress))
        {
            packed.CopyTo(unpacked);
        }

        unpacked.Position = 0;
        using var reader = new BinaryReader(unpacked);
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

    private static ushort[] ReadNumbers(BinaryReader reader)
    {
        var numbers = new ushort[reader.ReadUInt16()];
        reader.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(numbers, numbers);
        }

        return numbers;
    }

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
