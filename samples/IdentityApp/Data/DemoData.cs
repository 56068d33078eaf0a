using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IdentityApp.Data;

/// <summary>What a first visitor finds, in Development only: the database, and a user with a past to sign in as.</summary>
internal static class DemoData
{
    public const string Email = "demo@example.com";
    public const string Password = "Demo-Pa55word!";

    public static async Task CreateAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDb>().Database.MigrateAsync();

        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(Email) is not null)
        {
            return;
        }

        var user = new AppUser { UserName = Email, Email = Email, EmailConfirmed = true };
        var created = await users.CreateAsync(user, Password);
        if (!created.Succeeded)
        {
            throw new InvalidOperationException(string.Join(" ", created.Errors.Select(error => error.Description)));
        }

        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await new DemoHistory(db, user.Id, TimeProvider.System.GetUtcNow()).WriteAsync();
    }
}
