namespace Sessions.Identity.Devices.Rules;

/// <summary>Finds in one pass which of many words a text contains, whatever its case (Aho and Corasick's automaton).</summary>
internal sealed class WordScanner
{
    private const int Ascii = 128;
    private readonly byte[] _classes = new byte[Ascii];
    private readonly int _classCount;
    private readonly int _wordCount;
    private readonly List<ushort[]> _found = [];
    private readonly ushort[] _next;

    // The nearest shorter ending at which a word is found as well; 0: none.
    private readonly ushort[] _alsoFound;

    public WordScanner(string[] words)
    {
        _wordCount = words.Length;

        // Characters that are in no word share class 0: they lead back to the start.
        var alphabet = words.SelectMany(word => word).Distinct().Order().ToArray();
        _classCount = alphabet.Length + 1;
        for (var index = 0; index < alphabet.Length; index++)
        {
            _classes[alphabet[index]] = (byte)(index + 1);
            _classes[char.ToUpperInvariant(alphabet[index])] = (byte)(index + 1);
        }

        _next = BuildTree(words);
        _alsoFound = new ushort[_found.Count];
        CloseTree();
    }

    /// <summary>The numbers of the words in the text.</summary>
    public BitSet Scan(string text)
    {
        var words = new BitSet(_wordCount);
        var state = 0;
        foreach (var character in text)
        {
            state = character < Ascii ? _next[state * _classCount + _classes[character]] : 0;
            for (var ending = state; ending != 0; ending = _alsoFound[ending])
            {
                words.AddAll(_found[ending]);
            }
        }

        return words;
    }

    private ushort[] BuildTree(string[] words)
    {
        var next = new ushort[(words.Sum(word => word.Length) + 1) * _classCount];
        _found.Add([]);
        for (var word = 0; word < words.Length; word++)
        {
            var state = 0;
            foreach (var character in words[word])
            {
                ref var target = ref next[state * _classCount + _classes[character]];
                if (target == 0)
                {
                    target = checked((ushort)_found.Count);
                    _found.Add([]);
                }

                state = target;
            }

            _found[state] = [(ushort)word];
        }

        return next[..(_found.Count * _classCount)];
    }

    // Breadth first: where the tree has no way on, the way of the longest ending that is in the tree serves.
    private void CloseTree()
    {
        var fallback = new ushort[_found.Count];
        var open = new Queue<int>([0]);
        while (open.TryDequeue(out var state))
        {
            for (var kind = 1; kind < _classCount; kind++)
            {
                ref var target = ref _next[state * _classCount + kind];
                var shorter = state == 0 ? (ushort)0 : _next[fallback[state] * _classCount + kind];
                if (target == 0)
                {
                    target = shorter;
                    continue;
                }

                fallback[target] = shorter;
                _alsoFound[target] = _found[shorter].Length > 0 ? shorter : _alsoFound[shorter];
                open.Enqueue(target);
            }
        }
    }
}
