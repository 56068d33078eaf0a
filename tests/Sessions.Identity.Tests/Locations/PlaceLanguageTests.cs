using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;
using Sessions.Identity.Locations;

namespace Sessions.Identity.Tests.Locations;

public sealed class PlaceLanguageTests
{
    [Fact]
    public void It_is_the_language_that_the_app_answers_in_by_default() => Assert.Equal(["es-MX", "es", "en"], Locales(app: "es-MX"));

    [Fact]
    public void The_option_goes_before_it() => Assert.Equal(["de-AT", "de", "en"], Locales(app: "es-MX", option: "de-AT"));

    [Theory]
    [InlineData("pt-PT", "pt-PT,pt,pt-BR,en")]
    [InlineData("zh-Hans-SG", "zh-Hans-SG,zh-Hans,zh,zh-CN,en")]
    [InlineData("en-GB", "en-GB,en")]
    [InlineData("", "en")]
    public void The_files_forms_of_a_language_are_tried_then_English(string app, string locales) => Assert.Equal(locales.Split(','), Locales(app));

    private static IReadOnlyList<string> Locales(string app, string? option = null)
    {
        var options = new UserSessionOptions();
        options.Geolocation.Language = option;
        return new PlaceLanguage(Options.Create(options), Options.Create(new RequestLocalizationOptions { DefaultRequestCulture = new RequestCulture(app) })).Locales;
    }
}
