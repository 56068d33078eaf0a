using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;

namespace Sessions.TestNode;

/// <summary>One process of an app that has several, on one PostgreSQL and one key ring. Tests start it.</summary>
public static class Node
{
    public const string Database = "NODE_DATABASE";
    public const string Keys = "NODE_KEYS";

    public static async Task Main(string[] args)
    {
        await using var app = Build(args);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/signin", async (SignInManager<IdentityUser> signIn, string name, string password) =>
            (await signIn.PasswordSignInAsync(name, password, isPersistent: true, lockoutOnFailure: false)).ToString());
        app.MapGet("/whoami", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        app.MapPost("/revoke-others", (ICurrentUserSessions sessions) => sessions.RevokeOthersAsync()).RequireAuthorization();
        app.MapPost("/sweep", async (UserSessionSweeper sweeper) =>
            await sweeper.SweepAsync() is { } result ? TypedResults.Text($"{result.ExpiredCount} expired") : TypedResults.Text("another node"));
        await app.RunAsync();
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<NodeDb>(options => options.UseNpgsql(builder.Configuration[Database]));
        builder.Services.AddDataProtection().SetApplicationName("node").PersistKeysToFileSystem(new DirectoryInfo(builder.Configuration[Keys]!));
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
            cookies.ApplicationCookie!.Configure(cookie => cookie.Events.OnRedirectToLogin = context =>
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }));
        builder.Services.AddIdentityCore<IdentityUser>().AddEntityFrameworkStores<NodeDb>().AddSignInManager().AddSessions(options =>
        {
            options.SweepInterval = null; // the test says when
            options.TrackingTimeout = TimeSpan.FromMinutes(1); // a machine that is slow for a moment is no outage here
        });
        return builder.Build();
    }
}
