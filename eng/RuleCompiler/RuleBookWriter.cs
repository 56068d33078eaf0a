using System.IO.Compression;
using Sessions.Identity.Devices.Rules;

namespace Sessions.RuleCompiler;

/// <summary>Writes the embedded rule book. The library's RuleBookReader reads it, field for field.</summary>
internal sealed class RuleBookWriter
{
    private const int MostRequirements = 3;
    private readonly Numbered<CharSet> _sets = new();
    private readonly Numbered<string> _words = new();
    private readonly Numbered<string> _templates = new();

    public byte[] Write(IReadOnlyList<Rule> rules)
    {
        var body = new MemoryStream();
        using (var writer = new BinaryWriter(body))
        {
            foreach (var list in Enum.GetValues<RuleList>())
            {
                var members = rules.Where(rule => rule.List == list).ToArray();
                writer.Write((ushort)members.Length);
                Array.ForEach(members, rule => WriteRule(writer, rule));
            }
        }

        var book = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(book, CompressionLevel.SmallestSize)))
        {
            WriteTables(writer);
            writer.Write(body.ToArray());
        }

        return book.ToArray();
    }

    private void WriteTables(BinaryWriter writer)
    {
        writer.Write((ushort)_sets.Items.Count);
        foreach (var set in _sets.Items)
        {
            writer.Write(set.Low);
            writer.Write(set.High);
            writer.Write(set.BeyondAscii);
        }

        foreach (var texts in new[] { _words.Items, _templates.Items })
        {
            writer.Write((ushort)texts.Count);
            foreach (var text in texts)
            {
                writer.Write(text);
            }
        }
    }

    private void WriteRule(BinaryWriter writer, Rule rule)
    {
        var pattern = RegexParser.Parse(rule.Pattern, rule.IgnoreCase);
        var (code, branches) = new ProgramEmitter(_sets.NumberOf).Emit(pattern);
        writer.Write(_sets.NumberOf(FirstCharacters.Of(pattern)));
        writer.Write(branches);
        WriteNumbers(writer, code);

        // The rarest set of words calls the rule up; the others must be there too.
        var required = LiteralFinder.RequiredBy(pattern).OrderByDescending(Rarity.Score).Take(MostRequirements).ToArray();
        writer.Write((ushort)required.Length);
        foreach (var words in required)
        {
            WriteNumbers(writer, [.. words.Order(StringComparer.Ordinal).Select(_words.NumberOf)]);
        }

        WriteNumbers(writer, [.. rule.Templates.Select(template => template is null ? ushort.MaxValue : _templates.NumberOf(template))]);
    }

    private static void WriteNumbers(BinaryWriter writer, ushort[] numbers)
    {
        writer.Write((ushort)numbers.Length);
        foreach (var number in numbers)
        {
            writer.Write(number);
        }
    }

    /// <summary>Things by number, each once.</summary>
    private sealed class Numbered<T>
        where T : notnull
    {
        private readonly Dictionary<T, ushort> _numbers = [];

        public List<T> Items { get; } = [];

        public ushort NumberOf(T item)
        {
            if (!_numbers.TryGetValue(item, out var number))
            {
                number = checked((ushort)Items.Count);
                _numbers.Add(item, number);
                Items.Add(item);
            }

            return number;
        }
    }
}
