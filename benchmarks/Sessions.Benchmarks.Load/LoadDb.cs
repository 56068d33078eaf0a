using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Benchmarks.Load;

/// <summary>The context of a template app: Sessions' tables join it without a line here.</summary>
internal sealed class LoadDb(DbContextOptions<LoadDb> options) : IdentityDbContext<IdentityUser>(options);
