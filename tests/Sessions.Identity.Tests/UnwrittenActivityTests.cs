using Sessions.Identity.Validation;

namespace Sessions.Identity.Tests;

public sealed class UnwrittenActivityTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_later_sign_of_life_is_not_replaced_by_an_earlier_one_that_becomes_known_after_it()
    {
        var activity = new UnwrittenActivity(Microsoft.Extensions.Options.Options.Create(new UserSessionOptions { IdleTimeout = TimeSpan.FromHours(1) }));
        var session = Guid.NewGuid();
        activity.RememberUnread("digest", _noon);
        activity.Remember(session, _noon.AddMinutes(30));

        activity.Read("digest", session);

        Assert.Equal(_noon.AddMinutes(30), activity.LastSeen(session, written: _noon.AddHours(-1)));
    }
}
