namespace Sessions.Identity.Tests;

public sealed class SessionKeyTests
{
    [Fact]
    public void A_new_key_is_32_random_bytes()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => SessionKey.New().Value).ToHashSet();

        Assert.Equal(100, keys.Count);
        Assert.All(keys, key => Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(key).Length));
    }

    [Fact]
    public void A_key_is_never_printed()
    {
        var key = SessionKey.New();

        Assert.Equal("(secret)", $"{key}");
        Assert.DoesNotContain(key.Value, key.Digest(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_cookie_always_derives_the_same_key_and_another_one_another()
    {
        Assert.Equal(SessionKey.Derive("cookie"), SessionKey.Derive("cookie"));
        Assert.NotEqual(SessionKey.Derive("cookie"), SessionKey.Derive("cookie2"));
    }

    [Fact]
    public void A_derived_key_is_not_the_plain_hash_of_the_cookie()
    {
        Assert.NotEqual(SecretDigest.Of("cookie"), SessionKey.Derive("cookie").Digest());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_text_is_no_key(string? text) => Assert.Null(SessionKey.From(text));
}
