using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.IntegrationTests.Harness;

/// <summary>An app's own Identity context, with nothing about sessions in it.</summary>
public class TestDb(DbContextOptions<TestDb> options) : IdentityDbContext<IdentityUser>(options);
