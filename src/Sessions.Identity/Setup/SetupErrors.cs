namespace Sessions.Identity;

/// <summary>What is wrong with an app's set-up, each with the line to write instead.</summary>
internal static class SetupErrors
{
    public const string NoStore =
        "AddSessions() needs Identity's Entity Framework store: it keeps sessions in the app's own Identity DbContext. " +
        "Write AddDefaultIdentity<AppUser>().AddEntityFrameworkStores<AppDbContext>().AddSessions().";

    public const string NotReached =
        "The app's IAuthenticationService does not lead through Sessions, so revoked sessions would not be refused. A service that is " +
        "registered after AddSessions() has taken its place. Register it before AddSessions(), or let it call the one that it replaces.";

    public static string UserWithoutKey(Type userType) =>
        $"AddSessions() needs a user type that derives from IdentityUser<TKey>, but {userType.Name} does not. Write class {userType.Name} : IdentityUser.";

    public static string Provider(string? provider, Type context) =>
        $"Sessions works on relational databases, but {context.Name} uses the provider '{provider}'. " +
        "Use a relational provider, such as options.UseSqlite(…), options.UseNpgsql(…) or options.UseSqlServer(…).";

    public static string NoTables(Type context, Type userType) =>
        $"The model of {context.Name} has no tables for sessions, since its options are not made by AddDbContext. " +
        $"Add options.UseSessions<{userType.Name}>() where they are made.";

    public static string InternalServiceProvider(Type context) =>
        $"The model of {context.Name} has no tables for sessions, since its options use an internal service provider of their own. " +
        "Add services.AddEntityFrameworkSessions() where that provider is made.";

    public static string OtherUserType(Type first, Type second) =>
        $"AddSessions() was called for {first.Name} and for {second.Name}. One app tracks one type of user.";

    public static string NoSuchPolicy(string policy) =>
        $"UserSessionOptions.Administration.Policy is '{policy}', but the app has no authorization policy of that name. " +
        $"Add builder.Services.AddAuthorizationBuilder().AddPolicy(\"{policy}\", policy => policy.RequireRole(…)).";

    public static string EventsNotRegistered(Type type) =>
        $"UserSessionOptions.EventsType is {type.Name}, but no such service is registered. Add services.AddScoped<{type.Name}>().";
}
