using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>A signed-in browser, a request of it that is under way with its cookies as they were, and what happens in the middle of requests.</summary>
internal sealed class SecondTab : IAsyncDisposable
{
    private SecondTab()
    {
    }

    public TestApp App { get; private set; } = null!;

    public Device Browser { get; private set; } = null!;

    /// <summary>Sends what the browser sent before it signed in again.</summary>
    public Device Late { get; private set; } = null!;

    /// <summary>What happens in the middle of a request that waits for it.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    /// <summary>Signs a browser in, and lets some minutes pass before its late request is sent.</summary>
    public static async Task<SecondTab> StartAsync(
        int interval = 30, int before = 0, Action<UserSessionOptions>? options = null, TestDatabase? database = null)
    {
        var tab = new SecondTab();
        tab.App = await TestApp.StartAsync(setup =>
        {
            setup.Options = options ?? setup.Options;
            setup.Database = database ?? setup.Database;
            setup.ConfigureServices = services => services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.FromMinutes(interval));
            setup.ConfigureEndpoints = tab.Map;
        });
        await tab.App.CreateUserAsync();
        tab.Browser = tab.App.NewDevice();
        await tab.Browser.SignInAsync();
        tab.Wait(TimeSpan.FromMinutes(before));
        tab.Late = tab.Browser.Copy();
        return tab;
    }

    /// <summary>The same, and the browser has signed in again.</summary>
    public static async Task<SecondTab> StartAgainAsync(
        int interval = 30, int before = 0, Action<UserSessionOptions>? options = null, TestDatabase? database = null)
    {
        var tab = await StartAsync(interval, before, options, database);
        await tab.Browser.SignInAsync();
        return tab;
    }

    public void Wait(TimeSpan time) => App.Time.Advance(time);

    public async Task<Device> SignInOtherAsync()
    {
        var other = App.NewDevice();
        await other.SignInAsync();
        return other;
    }

    /// <summary>Why each session ended, in the order in which they began.</summary>
    public async Task<IEnumerable<string?>> EndsAsync() => (await App.SessionsAsync()).Select(row => row.EndReason);

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private void Map(IEndpointRouteBuilder app)
    {
        AccountEndpoints.Map(app);
        MapLate(app);
        app.MapPost("/change-by-sql-and-refresh", async (TestDb db, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn, HttpContext context) =>
        {
            await db.Users.ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "ANOTHER"));
            db.ChangeTracker.Clear();
            await signIn.RefreshSignInAsync((await users.FindByNameAsync(context.User.Identity!.Name!))!);
        }).RequireAuthorization();
        app.MapPost("/change-and-refresh-in-transaction", async (TestDb db, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn, HttpContext context) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var user = (await users.GetUserAsync(context.User))!;
            await users.ChangePasswordAsync(user, TestApp.Password, "An0ther-word!");
            await signIn.RefreshSignInAsync(user);
            await transaction.CommitAsync();
        }).RequireAuthorization();
        app.MapPost("/in-and-refresh", async (UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn) =>
        {
            await signIn.PasswordSignInAsync("ada@example.com", TestApp.Password, isPersistent: false, lockoutOnFailure: false);
            await signIn.RefreshSignInAsync((await users.FindByNameAsync("ada@example.com"))!);
        }).RequireAuthorization();
        app.MapPost("/out-and-in", async (HttpContext context) =>
        {
            var ticket = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            await context.SignInAsync(IdentityConstants.ApplicationScheme, ticket.Principal!, ticket.Properties);
        }).RequireAuthorization();
    }

    // Let in, and then held up.
    private void MapLate(IEndpointRouteBuilder app)
    {
        app.MapPost("/late", () => Meanwhile()).RequireAuthorization();
        app.MapPost("/change-late", async (UserManager<IdentityUser> users, HttpContext context) =>
        {
            var user = (await users.GetUserAsync(context.User))!;
            await Meanwhile();
            return (await users.ChangePasswordAsync(user, TestApp.Password, "An0ther-word!")).ToString();
        }).RequireAuthorization();
        app.MapPost("/change-and-refresh-late", async (UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn, HttpContext context) =>
        {
            var user = (await users.GetUserAsync(context.User))!;
            await Meanwhile();
            var result = await users.ChangePasswordAsync(user, TestApp.Password, "An0ther-word!");
            await signIn.RefreshSignInAsync(user);
            return result.ToString();
        }).RequireAuthorization();
        app.MapPost("/signin-late", async (UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn) =>
        {
            var user = (await users.FindByNameAsync("ada@example.com"))!;
            await Meanwhile();
            await signIn.SignInAsync(user, isPersistent: false);
            return "Succeeded";
        });
    }
}
