using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>A host's own sign-in manager goes on working; what it misses is said once, at start.</summary>
public sealed class OwnSignInManagerTests
{
    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("after, on the builder of before")]
    public async Task Sessions_begin_are_checked_and_end_and_its_own_type_can_be_injected(string when)
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync<OwnManager>(database, when);
        await app.CreateUserAsync();
        var device = app.NewDevice();

        Assert.Equal("Succeeded", await device.PostAsync($"/own?name=ada@example.com&password={Uri.EscapeDataString(TestApp.Password)}"));
        Assert.True(await device.IsSignedInAsync());
        var copy = device.Copy();
        await device.PostAsync("/signout");

        Assert.False(await copy.IsSignedInAsync());
        var session = Assert.Single(await app.RowsAsync<PlainDb, IdentityUserSession<string>>());
        Assert.Equal((SignInMethod.Unknown, SessionEndReason.SignedOut), (session.SignInMethod, session.EndReason));
        Assert.Equal(2, (await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>()).Count);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task One_warning_names_the_line_to_change(string when)
    {
        await using var database = TestDatabase.Sqlite();

        await using var app = await StartAsync<OwnManager>(database, when);

        var warning = Assert.Single(app.Warnings);
        Assert.Contains("Derive it from SessionSignInManager<IdentityUser> instead of SignInManager<IdentityUser>", warning.Message, StringComparison.Ordinal);
        Assert.StartsWith("OwnManager ", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task One_that_derives_from_ours_is_told_everything_and_warns_of_nothing(string when)
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync<DerivedManager>(database, when);
        await app.CreateUserAsync();

        await app.NewDevice().SignInAsync();
        await app.NewDevice().SignInAsync(password: "wrong");

        Assert.Equal(SignInMethod.Password, Assert.Single(await app.RowsAsync<PlainDb, IdentityUserSession<string>>()).SignInMethod);
        Assert.Equal(2, (await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>()).Count);
        Assert.Empty(app.Warnings);
    }

    [Fact]
    public async Task Identitys_own_added_over_ours_later_is_named_in_the_warning_too()
    {
        await using var database = TestDatabase.Sqlite();

        await using var app = await StartAsync<SignInManager<IdentityUser>>(database, "after, on the builder of before");

        var warning = Assert.Single(app.Warnings);
        Assert.StartsWith("SignInManager<IdentityUser> ", warning.Message, StringComparison.Ordinal);
        Assert.Contains("call AddSessions() after AddSignInManager()", warning.Message, StringComparison.Ordinal);
    }

    private static Task<HostApp<IdentityUser>> StartAsync<TManager>(TestDatabase database, string when)
        where TManager : SignInManager<IdentityUser> =>
        HostApp<IdentityUser>.StartAsync(
            builder =>
            {
                builder.Services.AddDbContext<PlainDb>(database.Use);
                var identity = builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>();
                _ = when switch
                {
                    "before" => identity.AddSignInManager<TManager>().AddSessions(),
                    "after" => identity.AddSessions().AddSignInManager<TManager>(),
                    _ => identity.AddSessions() is null ? identity : identity.AddSignInManager<TManager>(),
                };
            },
            typeof(PlainDb),
            app => app.MapPost("/own", async (HttpContext context, string name, string password) =>
                (await context.RequestServices.GetRequiredService<TManager>().PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: true)).ToString()));

    internal sealed class OwnManager(
        UserManager<IdentityUser> users,
        IHttpContextAccessor accessor,
        IUserClaimsPrincipalFactory<IdentityUser> claims,
        IOptions<IdentityOptions> options,
        ILogger<SignInManager<IdentityUser>> logger,
        IAuthenticationSchemeProvider schemes,
        IUserConfirmation<IdentityUser> confirmation) : SignInManager<IdentityUser>(users, accessor, claims, options, logger, schemes, confirmation);

    internal sealed class DerivedManager(
        UserManager<IdentityUser> users,
        IHttpContextAccessor accessor,
        IUserClaimsPrincipalFactory<IdentityUser> claims,
        IOptions<IdentityOptions> options,
        ILogger<SignInManager<IdentityUser>> logger,
        IAuthenticationSchemeProvider schemes,
        IUserConfirmation<IdentityUser> confirmation) : SessionSignInManager<IdentityUser>(users, accessor, claims, options, logger, schemes, confirmation);
}
