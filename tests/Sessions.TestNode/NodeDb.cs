using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.TestNode;

/// <summary>The app's own context. It is as a template's is.</summary>
public sealed class NodeDb(DbContextOptions<NodeDb> options) : IdentityDbContext<IdentityUser>(options);
