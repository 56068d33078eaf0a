using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;
using Sessions.UI.Words;

namespace Sessions.UI.Tests.Words;

/// <summary>What is said in the languages that the pages are read in.</summary>
public sealed class LanguageTests : ComponentTest
{
    private static readonly DeviceInfo _laptop = new() { Browser = "Chrome", BrowserVersion = "142", OperatingSystem = "Windows", OperatingSystemVersion = "11", DeviceType = DeviceType.Desktop };

    private SessionWords Words => Services.GetRequiredService<SessionWords>();

    [Theory]
    [InlineData("en-GB", "3 minutes ago", "yesterday")]
    [InlineData("es-MX", "hace 3 minutos", "ayer")]
    [InlineData("de-AT", "vor 3 Minuten", "gestern")]
    [InlineData("fr-CA", "il y a 3 minutes", "hier")]
    [InlineData("pt-BR", "3 minutos atrás", "ontem")]
    [InlineData("it-IT", "3 minuti fa", "ieri")]
    [InlineData("ja-JP", "3 分前", "昨日")]
    [InlineData("zh-CN", "3 分钟前", "昨天")]
    [InlineData("ar-EG", "منذ 3 دقائق", "أمس")]
    [InlineData("nl-NL", "3 minutes ago", "yesterday")] // the language of the texts around it
    public void How_long_ago_something_was_is_told_in_the_language_of_the_texts(string culture, string minutes, string day)
    {
        Speak(culture);

        Assert.Equal(minutes, Words.Ago(People.Noon.AddMinutes(-3), People.Noon));
        Assert.Equal(day, Words.Ago(People.Noon.AddDays(-1), People.Noon));
    }

    [Fact]
    public void A_clock_that_is_ahead_makes_nothing_happen_in_the_future() =>
        Assert.Equal("now", Words.Ago(People.Noon.AddMinutes(3), People.Noon));

    [Theory]
    [InlineData("en", 0, "0 devices are signed in.")]
    [InlineData("en", 1, "1 device is signed in.")]
    [InlineData("fr", 1, "1 appareil est connecté.")]
    [InlineData("ja", 5, "5 台のデバイスがログインしています。")]
    [InlineData("ar", 2, "جهازان مسجّلا الدخول.")]
    [InlineData("ar", 3, "3 أجهزة مسجّلة الدخول.")]
    [InlineData("ar", 11, "11 جهازًا مسجّل الدخول.")]
    [InlineData("ar", 100, "100 جهاز مسجّل الدخول.")]
    [InlineData("ar", 103, "103 أجهزة مسجّلة الدخول.")]
    public void A_number_gets_the_form_of_its_language(string culture, int count, string text)
    {
        Speak(culture);

        Assert.Equal(text, Words.Count("Devices.Count", count));
    }

    [Theory]
    [InlineData("ru", 1, "one")]
    [InlineData("ru", 22, "few")]
    [InlineData("ru", 12, "many")]
    [InlineData("pl", 1, "one")]
    [InlineData("pl", 21, "many")]
    [InlineData("pl", 24, "few")]
    [InlineData("cs", 5, "other")]
    [InlineData("sr", 25, "other")]
    [InlineData("ro", 101, "few")]
    [InlineData("lt", 11, "other")]
    [InlineData("lv", 11, "zero")]
    [InlineData("sl", 102, "two")]
    [InlineData("he", 2, "two")]
    [InlineData("pt-PT", 0, "other")]
    [InlineData("pt-BR", 0, "one")]
    [InlineData("nl", 0, "other")]
    public void A_language_that_a_host_adds_has_its_own_forms(string culture, int count, string form) =>
        Assert.Equal(form, PluralRules.Of(count, System.Globalization.CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("en", "Chrome 142 on Windows 11")]
    [InlineData("de", "Chrome 142 auf Windows 11")]
    [InlineData("ja", "Windows 11 の Chrome 142")]
    [InlineData("ar", "\u2068Chrome 142\u2069 على \u2068Windows 11\u2069")]
    public void A_device_is_called_by_its_name_in_the_language(string culture, string name)
    {
        Speak(culture);

        Assert.Equal(name, Words.Device(_laptop));
    }

    [Fact]
    public void In_English_a_device_is_called_as_everywhere_else()
    {
        DeviceInfo[] devices = [_laptop, DeviceInfo.Unknown, People.Phone.Device, new() { DeviceType = DeviceType.Bot }, new() { DeviceType = DeviceType.Bot, Browser = "Googlebot" }, new() { DeviceType = DeviceType.Tool, Browser = "curl" }, new() { DeviceType = DeviceType.Tool }, new() { OperatingSystem = "Linux" }];

        Assert.All(devices, device => Assert.Equal(device.DisplayName, Words.Device(device)));
    }

    [Theory]
    [InlineData("en", "Madrid, Spain")]
    [InlineData("fr-BE", "Madrid, Espagne")]
    [InlineData("ja", "スペイン、Madrid")]
    [InlineData("zh-CN", "西班牙，Madrid")]
    [InlineData("ar", "\u2068Madrid\u2069، \u2068إسبانيا\u2069")]
    public void A_country_is_called_by_its_name_in_the_language(string culture, string place)
    {
        Speak(culture);

        Assert.Equal(place, Words.Place(People.Phone.Location));
    }

    [Theory]
    [InlineData("ZZ", "Nowhere", "Nowhere")]
    [InlineData("../", "Nowhere", "Nowhere")]
    [InlineData(null, null, null)]
    public void A_country_that_nobody_knows_keeps_the_name_that_it_came_with(string? code, string? country, string? place) =>
        Assert.Equal(place, Words.Place(new IpLocation { CountryCode = code, Country = country }));

    [Theory]
    [InlineData("ar-SA", "ar", true)]
    [InlineData("de-CH", "de", false)]
    [InlineData("zh-SG", "zh-Hans", false)]
    [InlineData("he-IL", "en", false)] // there are no texts in Hebrew: what is written is English
    public void The_language_of_the_texts_and_its_direction_are_known(string culture, string language, bool isRightToLeft)
    {
        Speak(culture);

        Assert.Equal((language, isRightToLeft), (Words.Language, Words.IsRightToLeft));
    }

    [Fact]
    public void A_host_overrides_a_text_and_adds_a_language()
    {
        Services.AddSingleton<IStringLocalizerFactory>(new FixedTexts(new()
        {
            ["en:Devices.Title"] = "Where you are signed in",
            ["nl:Language"] = "nl",
            ["nl:Devices.Count.one"] = "{0} apparaat is aangemeld.",
            ["nl:Devices.Count.other"] = "{0} apparaten zijn aangemeld.",
        }));
        Services.AddSessionsTexts<HostTexts>();

        Assert.Equal(["Where you are signed in", "Sign out"], [Words["Devices.Title"], Words["Devices.SignOut"]]);
        Speak("nl-BE");
        Assert.Equal(["nl", "1 apparaat is aangemeld.", "3 apparaten zijn aangemeld."], [Words.Language, Words.Count("Devices.Count", 1), Words.Count("Devices.Count", 3)]);
    }

    private sealed class HostTexts;

    /// <summary>The host's resources, and ours as they are.</summary>
    private sealed class FixedTexts(Dictionary<string, string> texts) : IStringLocalizerFactory, IStringLocalizer
    {
        private readonly ResourceManagerStringLocalizerFactory _resources = new(
            Microsoft.Extensions.Options.Options.Create(new LocalizationOptions()), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        public LocalizedString this[string name] => texts.TryGetValue(Key(name), out var text) ? new(name, text) : new(name, name, resourceNotFound: true);

        public LocalizedString this[string name, params object[] arguments] =>
            texts.TryGetValue(Key(name), out var text) ? new(name, string.Format(System.Globalization.CultureInfo.CurrentCulture, text, arguments)) : new(name, name, resourceNotFound: true);

        public IStringLocalizer Create(Type resourceSource) => resourceSource == typeof(HostTexts) ? this : _resources.Create(resourceSource);

        public IStringLocalizer Create(string baseName, string location) => _resources.Create(baseName, location);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];

        private static string Key(string name) => $"{System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}:{name}";
    }
}
