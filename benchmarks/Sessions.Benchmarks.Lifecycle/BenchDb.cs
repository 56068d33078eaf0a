using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>The context of a template app.</summary>
internal sealed class BenchDb(DbContextOptions<BenchDb> options) : IdentityDbContext<IdentityUser>(options);
