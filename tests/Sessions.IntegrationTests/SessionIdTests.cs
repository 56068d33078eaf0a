using System.Security.Claims;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

public sealed class SessionIdTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_sessions_id_is_a_feature_of_the_request_and_a_claim_only_if_the_host_wishes(bool wished)
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = options => options.AddSessionIdClaim = wished;
            setup.ConfigureEndpoints = endpoints => endpoints.MapGet("/ids", (HttpContext context) =>
                $"{context.Features.Get<IUserSessionFeature>()?.SessionId} {context.User.FindFirstValue("sid")}");
        });
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/refresh");

        using var response = await device.GetAsync("/ids");

        var id = Assert.Single(await app.SessionsAsync()).Id;
        Assert.Equal($"{id} {(wished ? id : null)}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_request_of_nobody_has_no_session()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal("none", await app.NewDevice().SessionIdAsync());
    }
}
