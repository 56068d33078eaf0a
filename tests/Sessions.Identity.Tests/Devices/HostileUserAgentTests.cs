using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Sessions.Identity.Devices;
using Sessions.Identity.Devices.Rules;
using Sessions.Identity.Tests.Devices.Rules;

namespace Sessions.Identity.Tests.Devices;

public sealed class HostileUserAgentTests
{
    [Fact]
    public void No_text_makes_the_parser_throw_or_exceed_a_column() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(UserAgentGenerator.Texts.ToArbitrary(), text => IsFit(Naming.Parse(text, ("Sec-CH-UA", text), ("Sec-CH-UA-Model", text), ("X-Client-OS", text)))));

    [Fact]
    public void No_string_at_all_makes_the_parser_throw() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<string?, string?>((userAgent, hint) => IsFit(Naming.Parse(userAgent, ("Sec-CH-UA", hint!), ("Sec-CH-UA-Platform", hint!)))));

    // The shapes of the advisories on uap-core's patterns (CVE-2018-20164, CVE-2020-5243, CVE-2021-21317) and of their relatives.
    [Theory]
    [InlineData("HbbTV/1.1.1 (;;;;;;;", ";", "")]
    [InlineData("HbbTV/0.0.0 (;LG;", "a", ";")]
    [InlineData("Mozilla/5.0 (Linux; Android 4.4; HTC ", "HTC ", ")")]
    [InlineData("; ", "1.1-", "Build")]
    [InlineData("SmartWatch(", " ", ")")]
    [InlineData("Android-Application/", "/", "x")]
    [InlineData("", "(", ")")]
    [InlineData("", "bot ", "!")]
    [InlineData("", " spider", "")]
    [InlineData("", "Android 4.4; en-us; ", "")]
    [InlineData("Opera/9.80 (", "Opera Mini/", " ")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS ", "1_", "")]
    [InlineData("AppleWebKit ", "a/1 ", "Safari")]
    public void The_shapes_of_known_attacks_end_within_fifty_milliseconds(string start, string again, string end)
    {
        var attack = start + string.Concat(Enumerable.Repeat(again, 8192 / again.Length)) + end;
        Naming.Parse("Mozilla/5.0");

        var watch = Stopwatch.StartNew();
        for (var time = 0; time < 20; time++)
        {
            // Not the parser: its cache would answer.
            _ = new DeviceClues(RuleBook.Embedded, attack, NoHeaders, []);
        }

        Assert.True(watch.Elapsed.TotalMilliseconds / 20 < 50);
    }

    [Fact]
    public void What_lies_beyond_the_bound_is_not_read()
    {
        var honest = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

        Assert.Equal("Chrome 142 on Windows", Naming.Name(honest + new string(' ', 2000) + "Googlebot/2.1"));
    }

    [Fact]
    public void The_cache_never_grows_beyond_its_bound()
    {
        var cache = new DeviceCache(100);

        for (var key = 0; key < 10_000; key++)
        {
            cache.Add((UInt128)key, DeviceInfo.Unknown);
            Assert.InRange(cache.Count, 0, 101);
        }
    }

    [Fact]
    public void What_is_asked_for_again_and_again_stays_in_the_cache()
    {
        var cache = new DeviceCache(100);
        cache.Add(0, DeviceInfo.Unknown);

        for (var key = 1; key < 1000; key++)
        {
            cache.Add((UInt128)key, DeviceInfo.Unknown);
            Assert.NotNull(cache.Find(0));
        }
    }

    [Fact]
    public async Task Many_threads_at_once_get_the_same_answers()
    {
        var userAgents = File.ReadLines(Path.Combine(Repository.Folder, "tests", "Sessions.Identity.Tests", "Devices", "common-user-agents.txt")).Select(line => line.Split('\t')[1]).ToArray();
        var parser = new UserAgentParser(Microsoft.Extensions.Options.Options.Create(new UserSessionOptions()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => userAgents.Select(userAgent => parser.Parse(userAgent, NoHeaders)).ToArray())));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public void What_was_read_once_is_known_without_reading_and_so_is_what_says_nothing()
    {
        const string userAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        var parser = new UserAgentParser(Microsoft.Extensions.Options.Options.Create(new UserSessionOptions()));
        Assert.Null(parser.FindKnown(userAgent, NoHeaders));

        var read = parser.Parse(userAgent, NoHeaders);

        Assert.Equal(read, parser.FindKnown(userAgent, NoHeaders));
        Assert.Null(parser.FindKnown(userAgent + " Edg/142.0.0.0", NoHeaders));
        Assert.Equal(DeviceInfo.Unknown, parser.FindKnown(null, NoHeaders));
    }

    private static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();

    private static bool IsFit(DeviceInfo device) =>
        device.DisplayName.Length > 0
        && (device.Browser?.Length ?? 0) <= 64 && (device.BrowserVersion?.Length ?? 0) <= 32
        && (device.OperatingSystem?.Length ?? 0) <= 64 && (device.OperatingSystemVersion?.Length ?? 0) <= 32
        && (device.DeviceModel?.Length ?? 0) <= 128 && (device.AppName?.Length ?? 0) <= 64
        && (device.AppVersion?.Length ?? 0) <= 32 && (device.AppBuild?.Length ?? 0) <= 32
        && !device.DisplayName.Any(char.IsControl);
}
