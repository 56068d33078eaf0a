using Bunit;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class LoginHistoryTests : ComponentTest
{
    [Fact]
    public void Shows_the_events_in_the_order_given() =>
        Assert.Equal(["Sign-in failed", "Signed in"], RenderHistory(People.Failed, People.SignedIn).FindAll("ol > li strong").Select(what => what.TextContent));

    [Fact]
    public void Says_so_when_nothing_has_happened() => Assert.Equal("Nothing has happened yet.", RenderHistory().Find("p").TextContent);

    [Fact]
    public void A_sign_in_tells_its_method_and_second_factor() =>
        Assert.Equal("Password and authenticator app", RenderHistory(People.SignedIn).Find(".sessions-method").TextContent);

    [Fact]
    public void A_failed_attempt_tells_why_and_what_was_typed()
    {
        var history = RenderHistory(People.Failed);

        Assert.Equal("Wrong password", history.Find(".sessions-method").TextContent);
        Assert.Equal("Typed as ann@example.com", history.Find(".sessions-typed").TextContent);
    }

    [Fact]
    public void An_end_tells_why_instead_of_how_it_began()
    {
        var revoked = People.SignedIn with { Kind = SessionEventKind.Revoked, EndReason = SessionEndReason.PasswordChanged };

        var history = RenderHistory(revoked);

        Assert.Equal("Signed out because the password changed", history.Find("strong").TextContent);
        Assert.Empty(history.FindAll(".sessions-method"));
    }

    [Theory]
    [InlineData(SessionEventKind.Revoked, "SomethingNewer", "Signed out remotely")]
    [InlineData("SomethingNewer", null, "Account activity")]
    public void What_a_later_version_wrote_is_shown_in_general_words(string kind, string? reason, string words) =>
        Assert.Equal(words, RenderHistory(People.SignedIn with { Kind = kind, EndReason = reason }).Find("strong").TextContent);

    [Fact]
    public void Notes_for_operators_are_not_shown() =>
        Assert.DoesNotContain("suspicious", RenderHistory(People.SignedIn with { Note = "suspicious", ActorId = "suspicious" }).Markup, StringComparison.Ordinal);

    [Theory]
    [InlineData(SessionEventKind.SignedIn)]
    [InlineData(SessionEventKind.SignInFailed)]
    [InlineData(SessionEventKind.SignedOut)]
    [InlineData(SessionEventKind.Revoked)]
    [InlineData(SessionEventKind.Expired)]
    [InlineData(SessionEventKind.StepUp)]
    [InlineData(SessionEventKind.TrailViewed)]
    [InlineData("SomethingNewer")]
    public void Every_event_has_an_icon_that_screen_readers_pass_over(string kind) =>
        Assert.Equal("true", RenderHistory(People.SignedIn with { Kind = kind }).Find("li > svg").GetAttribute("aria-hidden"));

    [Fact]
    public void What_is_remarkable_of_an_event_is_marked()
    {
        var badges = RenderHistory(People.SignedIn with { IsCurrent = true, IsNewDevice = true, IsImpossibleTravel = true }).FindAll(".badge");

        Assert.Equal(["This session", "Unusual place", "New device"], badges.Select(badge => badge.TextContent));
    }

    [Fact]
    public void Asks_for_the_persons_own_trail_when_it_is_given_none()
    {
        var sessions = new FakeSessions();
        Services.AddSingleton<ICurrentUserSessions>(sessions);

        Assert.Single(Render<LoginHistory>().FindAll("li"));
        sessions.IsDown = true;
        Assert.Contains("can't be shown just now", Render<LoginHistory>().Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<LoginHistory> RenderHistory(params SessionEventInfo[] events) =>
        Render<LoginHistory>(parameters => parameters.Add(p => p.Events, events));
}
