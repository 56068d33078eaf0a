using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.IntegrationTests.Harness;

/// <summary>An app's own Identity context, with nothing about sessions in it.</summary>
public class TestDb(DbContextOptions<TestDb> options) : IdentityDbContext<IdentityUser>(options)
{
    // With passkeys, as Identity's third schema has them, whatever the options of the app that makes the model first.
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserPasskey<string>>(passkey =>
        {
            passkey.ToTable("AspNetUserPasskeys");
            passkey.HasKey(row => row.CredentialId);
            passkey.OwnsOne(row => row.Data).ToJson();
            passkey.HasOne<IdentityUser>().WithMany().HasForeignKey(row => row.UserId);
        });
    }
}
