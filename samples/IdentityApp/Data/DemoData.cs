using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IdentityApp.Data;

/// <summary>What a first visitor finds, in Development only: the database, a user with a past to sign in as, and an operator.</summary>
internal static class DemoData
{
    public const string Email = "demo@example.com";
    public const string Password = "Demo-Pa55word!";

    public const string OperatorEmail = "operator@example.com";
    public const string OperatorPassword = "Operator-Pa55word!";

    public static async Task CreateAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDb>().Database.MigrateAsync();

        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(Email) is null)
        {
            var user = await CreateAsync(users, Email, Password);
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            await new DemoHistory(db, user.Id, TimeProvider.System.GetUtcNow()).WriteAsync();
        }

        if (await users.FindByEmailAsync(OperatorEmail) is null)
        {
            await users.AddClaimAsync(await CreateAsync(users, OperatorEmail, OperatorPassword), new Claim(Operators.Claim, "true"));
        }
    }

    private static async Task<AppUser> CreateAsync(UserManager<AppUser> users, string email, string password)
    {
        var user = new AppUser { UserName = email, Email = email, EmailConfirmed = true };
        var created = await users.CreateAsync(user, password);
        return created.Succeeded ? user : throw new InvalidOperationException(string.Join(" ", created.Errors.Select(error => error.Description)));
    }
}
