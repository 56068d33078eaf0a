using Bunit;
using Sessions.Identity;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class LastUsedBadgeTests : ComponentTest
{
    [Theory]
    [InlineData("password", null, false)]
    [InlineData("external", null, true)]
    [InlineData(null, "Google", true)]
    [InlineData("external", "google", true)]
    [InlineData("external", "github", false)]
    [InlineData(null, null, false)]
    public void Is_there_for_the_way_that_was_used_last(string? method, string? provider, bool isThere)
    {
        LastSignedInBy(new LastSignIn { Method = SignInMethod.External, Provider = "google", OccurredAt = People.Noon });

        var badge = Render<LastUsedBadge>(parameters => parameters.Add(p => p.Method, method).Add(p => p.Provider, provider));

        badge.MarkupMatches(isThere ? """<span class="sessions-last-used badge text-bg-secondary">Last used</span>""" : string.Empty);
    }

    [Fact]
    public void Is_not_there_in_a_browser_that_never_signed_in()
    {
        LastSignedInBy(null);

        Render<LastUsedBadge>(parameters => parameters.Add(p => p.Method, SignInMethod.Password)).MarkupMatches(string.Empty);
    }

    [Fact]
    public void Is_not_there_where_there_is_no_request() =>
        Render<LastUsedBadge>(parameters => parameters.Add(p => p.Method, SignInMethod.Password)).MarkupMatches(string.Empty);

    // The request has asked already: each badge reads that answer.
    private void LastSignedInBy(LastSignIn? last)
    {
        Services.AddSingleton(new LastSignInFinder(deviceCookie: null!, boundary: null!, state: null!)); // has nothing left to find
        var context = new DefaultHttpContext { RequestServices = Services };
        context.Features.Set(new SessionRequest(new TrackingBudget(TimeSpan.FromSeconds(2))) { LastSignIn = Task.FromResult(last) });
        Services.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
    }
}
