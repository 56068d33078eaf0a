using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Benchmarks.Connections;

/// <summary>The context of a template app.</summary>
internal sealed class LiveDb(DbContextOptions<LiveDb> options) : IdentityDbContext<IdentityUser>(options);
