using System.Text.Json;
using Sessions.Identity.Devices.Rules;
using YamlDotNet.RepresentationModel;

namespace Sessions.RuleCompiler;

/// <summary>Reads the rules' files, in the order of <see cref="RuleList"/>.</summary>
internal static class RuleFiles
{
    private static readonly string[] _browserKeys = ["family_replacement", "v1_replacement", "v2_replacement", "v3_replacement"];
    private static readonly string[] _systemKeys = ["os_replacement", "os_v1_replacement", "os_v2_replacement", "os_v3_replacement", "os_v4_replacement"];
    private static readonly string[] _deviceKeys = ["device_replacement", "brand_replacement", "model_replacement"];

    public static IEnumerable<Rule> Read(string ownRules, string uapCore, string crawlers) =>
    [
        .. ReadYaml(ownRules, RuleList.OwnBrowsers, RuleList.OwnSystems, RuleList.OwnDevices),
        .. ReadYaml(uapCore, RuleList.Browsers, RuleList.Systems, RuleList.Devices),
        .. ReadCrawlers(crawlers),
    ];

    private static IEnumerable<Rule> ReadYaml(string path, RuleList browsers, RuleList systems, RuleList devices)
    {
        using var reader = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return
        [
            .. ReadList(root, "user_agent_parsers", browsers, _browserKeys),
            .. ReadList(root, "os_parsers", systems, _systemKeys),
            .. ReadList(root, "device_parsers", devices, _deviceKeys),
        ];
    }

    private static IEnumerable<Rule> ReadList(YamlMappingNode root, string name, RuleList list, string[] keys) =>
        ((YamlSequenceNode)root[name]).Cast<YamlMappingNode>().Select(node =>
            new Rule(list, Text(node, "regex")!, Text(node, "regex_flag") == "i", [.. keys.Select(key => Text(node, key))]));

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    // A crawler's name is what its pattern matched; its one template says whether it is rather an HTTP library.
    private static IEnumerable<Rule> ReadCrawlers(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.EnumerateArray().Select(ReadCrawler)];
    }

    private static Rule ReadCrawler(JsonElement crawler)
    {
        var library = crawler.TryGetProperty("tags", out var tags) && tags.EnumerateArray().Any(tag => tag.GetString() == "http-library");
        return new Rule(RuleList.Crawlers, crawler.GetProperty("pattern").GetString()!, false, [library ? "tool" : "bot"]);
    }
}
