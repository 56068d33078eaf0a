using Sessions.Identity.Devices.Rules;
using YamlDotNet.RepresentationModel;

namespace Sessions.DeviceChecks;

/// <summary>Runs the suites that uap-core keeps for every port of it, against the bare rules.</summary>
internal static class Conformance
{
    private static readonly (string File, Func<BareRules, YamlMappingNode, bool> Agrees)[] _suites =
    [
        ("tests/test_ua.yaml", AgreesOnBrowser),
        ("test_resources/firefox_user_agent_strings.yaml", AgreesOnBrowser),
        ("test_resources/pgts_browser_list.yaml", AgreesOnBrowser),
        ("test_resources/opera_mini_user_agent_strings.yaml", AgreesOnBrowser),
        ("test_resources/podcasting_user_agent_strings.yaml", AgreesOnBrowser),
        ("tests/test_os.yaml", AgreesOnSystem),
        ("test_resources/additional_os_tests.yaml", AgreesOnSystem),
        ("tests/test_device.yaml", AgreesOnDevice),
    ];

    public static int Run(string folder)
    {
        var (cases, failures) = (0, 0);
        foreach (var (file, agrees) in _suites)
        {
            var suite = ReadCases(Path.Combine(folder, file));
            var wrong = suite.Where(fixture => !agrees(BareRules.Read(RuleBook.Embedded, Text(fixture, "user_agent_string") ?? ""), fixture)).ToArray();
            Console.WriteLine($"{file}: {suite.Length - wrong.Length} of {suite.Length}");
            foreach (var fixture in wrong.Take(10))
            {
                Console.WriteLine($"  {Text(fixture, "user_agent_string")}\n    {BareRules.Read(RuleBook.Embedded, Text(fixture, "user_agent_string") ?? "")}");
            }

            cases += suite.Length;
            failures += wrong.Length;
        }

        Console.WriteLine($"{cases - failures} passed, {failures} failed");
        return failures == 0 ? 0 : 1;
    }

    private static YamlMappingNode[] ReadCases(string path)
    {
        using var reader = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["test_cases"]).Cast<YamlMappingNode>()];
    }

    private static bool AgreesOnBrowser(BareRules rules, YamlMappingNode fixture) =>
        rules.Browser == new BrowserRuling(Text(fixture, "family")!, Text(fixture, "major"), Text(fixture, "minor"), Text(fixture, "patch"));

    private static bool AgreesOnSystem(BareRules rules, YamlMappingNode fixture) =>
        rules.System == new SystemRuling(
            Text(fixture, "family")!, Text(fixture, "major"), Text(fixture, "minor"), Text(fixture, "patch"), Text(fixture, "patch_minor"));

    private static bool AgreesOnDevice(BareRules rules, YamlMappingNode fixture) =>
        rules.Device == new DeviceRuling(Text(fixture, "family")!, Text(fixture, "brand"), Text(fixture, "model"));

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { Length: > 0 } text } scalar && !(text == "null" && scalar.Style == YamlDotNet.Core.ScalarStyle.Plain)
            ? text
            : null;
}
