using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;
using Sessions.UI.Words;

namespace Sessions.UI.Tests.Words;

public sealed class SessionWordsTests : ComponentTest
{
    private SessionWords Words => Services.GetRequiredService<SessionWords>();

    public static TheoryData<string, string> Codes =>
    [
        .. Keys("Event", typeof(SessionEventKind)),
        .. Keys("Ended", typeof(SessionEndReason), SessionEndReason.Superseded),
        .. Keys("Notice", typeof(SessionEndReason), SessionEndReason.Superseded),
        .. Keys("Failure", typeof(SignInFailureReason)),
        .. Keys("Method", typeof(SignInMethod), SignInMethod.Unknown),
        .. Keys("SecondFactor", typeof(SecondFactor)),
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_words(string group, string code) => Assert.NotEqual($"{group}.{code}", Words[$"{group}.{code}"]);

    [Theory]
    [InlineData("")]
    [InlineData("SomethingNewer")]
    public void A_reason_without_words_still_tells_that_one_was_signed_out(string reason) =>
        Assert.Equal("You were signed out. Please sign in again.", Words.Notice(reason));

    [Fact]
    public void An_external_login_is_called_by_its_provider()
    {
        Assert.Equal("GitHub", Words.Method(SignInMethod.External, "GitHub", secondFactor: null));
        Assert.Equal("External login", Words.Method(SignInMethod.External, provider: null, secondFactor: null));
    }

    [Fact]
    public void A_method_of_the_host_is_shown_as_the_host_wrote_it() => Assert.Equal("badge", Words.Method("badge", provider: null, secondFactor: null));

    private static IEnumerable<TheoryDataRow<string, string>> Keys(string group, Type codes, params string[] without) => codes
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!)
        .Except(without)
        .Select(code => new TheoryDataRow<string, string>(group, code));
}
