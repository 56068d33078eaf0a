using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace IdentityApp.Data;

// Nothing about sessions here: AddSessions() brings its tables along.
public class AppDb(DbContextOptions<AppDb> options) : IdentityDbContext<AppUser>(options);
