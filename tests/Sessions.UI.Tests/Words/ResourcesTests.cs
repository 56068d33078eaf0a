using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sessions.UI.Tests.Harness;
using Sessions.UI.Words;

namespace Sessions.UI.Tests.Words;

public sealed partial class ResourcesTests
{
    public const string English = "en";

    // These are put together from a group and a code; SessionWordsTests holds them.
    private static readonly string[] _groups = ["Method.", "SecondFactor.", "Event.", "Ended.", "Failure.", "Notice."];

    // Words that are the same there, and formats without words.
    private static readonly string[] _sameInMany = ["Devices.IpAddress", "Devices.NameOn", "Devices.Place", "Devices.Time", "Devices.Bot", "Devices.BotNamed", "History.ChartCounts", "History.ChartDay"];
    private static readonly string[] _sameInOne = ["de Method.passkey", "de Devices.Time", "it Method.passkey", "it Method.password", "it ConfirmAccess.Password", "de Method.sso"];

    public static TheoryData<string> Languages => [English, "es", "de", "fr", "pt-BR", "it", "ja", "zh-Hans", "ar"];

    public static TheoryData<string> Translations => [.. Languages.Select(row => row.Data).Where(language => language != English)];

    [Fact]
    public void Every_text_that_is_used_is_there_and_none_is_left_over()
    {
        var used = Directory.EnumerateFiles(Repository.Folder("src/Sessions.UI"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".cshtml" or ".razor")
            .SelectMany(file => Key().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

        Assert.Equal(Plain(Texts(English).Keys), Plain(used));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_has_every_text_and_no_other(string language) =>
        Assert.Equal(Texts(English).Keys.Select(WithoutForm).Distinct().Order(StringComparer.Ordinal), Texts(language).Keys.Select(WithoutForm).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_text_about_a_number_has_just_the_forms_of_its_language(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var forms = Enumerable.Range(0, 200).Select(count => PluralRules.Of(count, culture)).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.All(
            Texts(language).Keys.Where(key => Form().IsMatch(key)).GroupBy(WithoutForm),
            text => Assert.Equal(forms, text.Select(key => key[(key.LastIndexOf('.') + 1)..]).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_text_takes_what_the_English_one_takes(string language)
    {
        var english = Texts(English);

        Assert.All(Texts(language).Where(text => !SaysItInWords(text.Key, text.Value)), text => Assert.Equal(
            Holes(english[Form().IsMatch(text.Key) ? WithoutForm(text.Key) + ".other" : text.Key]), Holes(text.Value)));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_is_not_the_English_text(string language)
    {
        var english = Texts(English);

        var same = Texts(language)
            .Where(text => english.GetValueOrDefault(text.Key) == text.Value || text.Value.Length == 0)
            .Select(text => text.Key)
            .Where(key => !_sameInMany.Contains(key) && !_sameInOne.Contains($"{language} {key}"));

        Assert.Equal([], same);
    }

    // What somebody says to their computer is what they see on the button (WCAG 2.5.3).
    [Theory]
    [MemberData(nameof(Languages))]
    public void The_name_of_a_sign_out_button_has_its_visible_words_in_it(string language) =>
        Assert.Contains(Texts(language)["Devices.SignOut"], Texts(language)["Devices.SignOutOf"], StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> Texts(string language)
    {
        var file = language == English ? "SessionsText.resx" : $"SessionsText.{language}.resx";
        return XDocument.Load(Path.Combine(Repository.Folder("src/Sessions.UI"), "Resources", file))
            .Descendants("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);
    }

    private static string[] Holes(string text) => [.. Hole().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    // "One other device", where that form is for this number alone.
    private static bool SaysItInWords(string key, string text) => key.Split('.')[^1] is "zero" or "one" or "two" && Holes(text).Length == 0;

    private static string WithoutForm(string key) => Form().Replace(key, string.Empty);

    private static IEnumerable<string> Plain(IEnumerable<string> keys) =>
        keys.Select(WithoutForm).Where(key => !_groups.Any(group => key.StartsWith(group, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("\"((?:Devices|History|Menu|Result|Unavailable|Mail|NotMe|ConfirmAccess|Limit|LastUsed|Operators)\\.[A-Za-z]+|Language)\"")]
    private static partial Regex Key();

    [GeneratedRegex("\\.(?:zero|one|two|few|many|other)$")]
    private static partial Regex Form();

    [GeneratedRegex("\\{\\d\\}")]
    private static partial Regex Hole();
}
