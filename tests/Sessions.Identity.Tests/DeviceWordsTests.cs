using Sessions.Identity.Administration;

namespace Sessions.Identity.Tests;

public sealed class DeviceWordsTests
{
    [Fact]
    public void The_words_of_a_devices_name_are_read() => Assert.Equal(["chrome", "142", "windows", "11"], DeviceWords.Read("Chrome 142 on Windows 11")!);

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData(" , ()")]
    [InlineData("a b c d e f g")]
    public void What_says_nothing_or_too_much_is_none(string text) => Assert.Null(DeviceWords.Read(text));

    [Fact]
    public void What_is_too_long_is_none_and_not_cut() => Assert.Null(DeviceWords.Read(new string('a', 129)));
}
