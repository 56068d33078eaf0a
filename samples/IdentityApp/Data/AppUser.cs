using Microsoft.AspNetCore.Identity;

namespace IdentityApp.Data;

public class AppUser : IdentityUser;
