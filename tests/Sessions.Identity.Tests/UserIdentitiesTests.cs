namespace Sessions.Identity.Tests;

public sealed class UserIdentitiesTests
{
    [Fact]
    public void A_confirmed_address_and_phone_and_a_plain_name_are_ones_own() =>
        Assert.Equal(["ada", "ada@example.com", "+34600000000"], UserIdentities.Of("Ada", "Ada@example.com", "+34600000000"));

    [Fact]
    public void A_name_that_is_an_unconfirmed_address_is_not() => Assert.Empty(UserIdentities.Of("ada@example.com", confirmedEmail: null, confirmedPhone: null));

    [Fact]
    public void A_name_that_is_the_confirmed_address_is_one_identity() =>
        Assert.Equal(["ada@example.com"], UserIdentities.Of("ada@example.com", "ADA@example.com", confirmedPhone: null));
}
