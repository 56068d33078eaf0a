using System.Globalization;
using Sessions.UI.Tests.Harness;
using Sessions.UI.Words;

namespace Sessions.UI.Tests.Words;

public sealed class CalendarTextTests
{
    [Theory]
    [InlineData("", "09 March 2026 12:00")]
    [InlineData("de-DE", "9. März 2026 12:00")]
    [InlineData("es-ES", "9 de marzo de 2026 12:00")]
    [InlineData("fr-FR", "9 mars 2026 12:00")]
    [InlineData("pt-BR", "9 de março de 2026 12:00")]
    [InlineData("it-IT", "9 marzo 2026 12:00")]
    [InlineData("ja-JP", "2026年3月9日 12:00")]
    [InlineData("zh-CN", "2026年3月9日 12:00")]
    [InlineData("ar-EG", "9 مارس 2026 12:00 م")]
    public void A_time_follows_the_culture_and_leaves_the_weekday_out(string culture, string text) =>
        Assert.Equal(text, CalendarText.Of(People.Noon, CultureInfo.GetCultureInfo(culture)));
}
