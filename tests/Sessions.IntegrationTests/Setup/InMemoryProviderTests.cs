using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Setup;

/// <summary>A host whose tests run on EF Core's in-memory provider starts, and is told once that nothing is tracked there.</summary>
public sealed class InMemoryProviderTests
{
    [Fact]
    public async Task It_starts_with_one_warning_and_signs_in_and_out_untracked()
    {
        await using var app = await HostApp<IdentityUser>.StartAsync(builder =>
        {
            builder.Services.AddDbContext<PlainDb>(options => options.UseInMemoryDatabase("tests-of-a-host"));
            builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>().AddSessions();
        });
        await app.CreateUserAsync();
        var device = app.NewDevice();

        Assert.Equal("Failed", await device.SignInAsync(password: "wrong"));
        Assert.Equal("Succeeded", await device.SignInAsync());
        Assert.True(await device.IsSignedInAsync());
        Assert.Equal("none", await device.SessionIdAsync());
        await device.PostAsync("/signout");
        Assert.False(await device.IsSignedInAsync());

        Assert.Contains("in-memory provider", Assert.Single(app.Warnings).Message, StringComparison.Ordinal);
        Assert.Empty(await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>());
    }
}
