using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>What has to work whatever an app is made of.</summary>
internal static class HostStories
{
    /// <summary>A wrong password, two devices, one of them signs the other out and then itself; copies of both cookies are refused.</summary>
    public static async Task SignInFailRevokeAndSignOutAsync<TUser>(this HostApp<TUser> app)
        where TUser : class, new()
    {
        var (laptop, phone) = (app.NewDevice(), app.NewDevice());
        Assert.Equal("Failed", await laptop.SignInAsync(password: "wrong"));
        Assert.Equal("Succeeded", await laptop.SignInAsync());
        Assert.Equal("Succeeded", await phone.SignInAsync());
        Assert.True(await laptop.IsSignedInAsync());
        Assert.True(await phone.IsSignedInAsync());
        var (copyOfLaptop, copyOfPhone) = (laptop.Copy(), phone.Copy());

        Assert.Equal("1", await laptop.PostAsync("/revoke-others"));
        Assert.True(await laptop.IsSignedInAsync());
        Assert.False(await phone.IsSignedInAsync());
        Assert.False(await copyOfPhone.IsSignedInAsync());

        await laptop.PostAsync("/signout");
        Assert.False(await copyOfLaptop.IsSignedInAsync());
    }
}
