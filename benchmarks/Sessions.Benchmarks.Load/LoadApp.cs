using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;

namespace Sessions.Benchmarks.Load;

/// <summary>One variant of the app that is measured: a template app's Identity and one authorized endpoint, on Kestrel, in a process of its own.</summary>
internal static class LoadApp
{
    /// <summary>Says its address on the standard output once it is up, and stops when the standard input ends.</summary>
    public static async Task<int> RunAsync(Variant variant, Provider provider)
    {
        // Not an argument: a connection string may hold a password, and arguments show in every list of processes.
        var connectionString = await Console.In.ReadLineAsync() ?? throw new InvalidOperationException("No connection string on the standard input.");
        await using var app = Build(variant, provider, connectionString);
        await CreateUserAsync(app.Services);
        try
        {
            await app.StartAsync();
            Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            await Console.In.ReadToEndAsync();
            await app.StopAsync();
        }
        finally
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<LoadDb>().Database.EnsureDeletedAsync();
        }

        return 0;
    }

    private static WebApplication Build(Variant variant, Provider provider, string connectionString)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();

        builder.Services.AddDbContext<LoadDb>(options => _ = provider == Provider.Sqlite ? options.UseSqlite(connectionString) : options.UseNpgsql(connectionString));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        var identity = builder.Services.AddIdentityCore<IdentityUser>().AddSignInManager().AddEntityFrameworkStores<LoadDb>();
        _ = variant switch
        {
            Variant.Sessions => identity.AddSessions(),
            Variant.StockAtEveryRequest => identity.AddCheckAtEveryRequest(),
            _ => identity,
        };

        var app = builder.Build();
        var failures = new TrackingFailures();
        app.Lifetime.ApplicationStopped.Register(failures.Dispose);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/signin", SignInAsync);
        app.MapGet("/", (ClaimsPrincipal user) => TypedResults.Text(user.Identity!.Name)).RequireAuthorization();
        app.MapGet("/session", (HttpContext context) => context.Features.Get<IUserSessionFeature>() is not null).RequireAuthorization();
        app.MapGet("/failures", () => failures.Count);
        return app;
    }

    private static IdentityBuilder AddCheckAtEveryRequest(this IdentityBuilder identity)
    {
        identity.Services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
        return identity;
    }

    private static async Task<IResult> SignInAsync(SignInManager<IdentityUser> signIn)
    {
        var result = await signIn.PasswordSignInAsync(Person.Name, Person.Password, isPersistent: true, lockoutOnFailure: false);
        return result.Succeeded ? TypedResults.NoContent() : TypedResults.Unauthorized();
    }

    private static async Task CreateUserAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LoadDb>().Database.EnsureCreatedAsync();
        var created = await scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>()
            .CreateAsync(new IdentityUser(Person.Name) { Email = Person.Name }, Person.Password);
        if (!created.Succeeded)
        {
            throw new InvalidOperationException($"The user could not be created: {created}");
        }
    }
}
