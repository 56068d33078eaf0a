using Microsoft.AspNetCore.Identity;

namespace BlazorApp.Data;

public class ApplicationUser : IdentityUser;
