using Sessions.Identity.SignIn;

namespace Sessions.Identity.Tests;

public sealed class TypedIdentityTests
{
    [Theory]
    [InlineData(" Ada@Example.COM ", "ada@example.com")]
    [InlineData("ada", "ada")]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void What_was_typed_is_trimmed_and_lower_cased(string? typed, string? kept) => Assert.Equal(kept, TypedIdentity.Normalize(typed));

    [Fact]
    public void It_is_cut_before_it_is_looked_at() => Assert.Equal(256, TypedIdentity.Normalize(new string('A', 10_000_000))!.Length);

    [Fact]
    public void A_surrogate_pair_is_never_cut_in_two() =>
        Assert.False(char.IsHighSurrogate(TypedIdentity.Normalize(new string('a', 255) + "😀")![^1]));
}
