using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Words;

public sealed partial class ResourcesTests
{
    // These are put together from a group and a code; SessionWordsTests holds them.
    private static readonly string[] _groups = ["Method.", "SecondFactor.", "Event.", "Ended.", "Failure.", "Notice."];

    [Fact]
    public void Every_text_that_is_used_is_there_and_none_is_left_over()
    {
        var used = Directory.EnumerateFiles(Repository.Folder("src/Sessions.UI"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".cshtml" or ".razor")
            .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
        var there = XDocument.Load(Path.Combine(Repository.Folder("src/Sessions.UI"), "Resources", "SessionsText.resx"))
            .Descendants("data").Select(data => data.Attribute("name")!.Value);

        Assert.Equal(Plain(there), Plain(used));
    }

    private static IEnumerable<string> Plain(IEnumerable<string> keys) =>
        keys.Where(key => !_groups.Any(group => key.StartsWith(group, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("\"((?:Devices|History|Menu|Result|Unavailable|Mail|NotMe|ConfirmAccess|LastUsed)\\.[A-Za-z]+)\"")]
    private static partial Regex Key();
}
