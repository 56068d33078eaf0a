using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Benchmarks;

/// <summary>A context that allows the plain command.</summary>
internal class BenchmarkDb(DbContextOptions options) : IdentityDbContext<IdentityUser>(options);
