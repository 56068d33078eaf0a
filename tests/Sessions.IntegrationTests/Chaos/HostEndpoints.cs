using System.Globalization;
using System.Transactions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>Endpoints of a host that has changes and transactions of its own under way while somebody signs in.</summary>
internal static class HostEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/unsaved", async (TestDb db, SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name) =>
        {
            var user = (await users.FindByNameAsync(name))!;
            db.UserClaims.Add(new IdentityUserClaim<string> { UserId = user.Id, ClaimType = "unsaved", ClaimValue = "yes" });
            await signIn.SignInAsync(user, isPersistent: false);
            var before = await db.UserClaims.AsNoTracking().CountAsync();
            await db.SaveChangesAsync();
            var after = await db.UserClaims.AsNoTracking().CountAsync();
            return string.Create(CultureInfo.InvariantCulture, $"{before} {after}");
        });
        app.MapPost("/in-transaction", async (TestDb db, SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name, bool commits, bool isNew) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await SignInAsync(signIn, users, name, isNew);
            await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());
            return "Succeeded";
        });
        app.MapPost("/in-scope", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name, bool isNew) =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            await SignInAsync(signIn, users, name, isNew);
            scope.Complete();
            return "Succeeded";
        });
    }

    private static async Task SignInAsync(SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name, bool isNew)
    {
        if (isNew)
        {
            await users.CreateAsync(new IdentityUser { UserName = name, Email = name });
        }

        await signIn.SignInAsync((await users.FindByNameAsync(name))!, isPersistent: false);
    }
}
