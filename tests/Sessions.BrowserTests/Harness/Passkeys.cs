using IdentityApp.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Sessions.BrowserTests.Harness;

/// <summary>Passkeys in the sample app, whose pages and tables have none: Identity's own, made by endpoints of the test.</summary>
internal sealed class Passkeys : IStartupFilter
{
    private const string MakePasskey = """
        async () => {
            const options = await (await fetch('/passkeys/options', { method: 'POST' })).json();
            const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
            const credential = await navigator.credentials.create({ publicKey });
            return (await fetch('/passkeys', { method: 'POST', body: JSON.stringify(credential) })).ok;
        }
        """;

    /// <summary>Lets the sample's users have passkeys.</summary>
    public static void Allow(IWebHostBuilder builder) => builder.ConfigureTestServices(services =>
    {
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.ConfigureDbContext<AppDb>(options => options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton<IStartupFilter, Passkeys>();
    });

    /// <summary>Makes the table that the sample's migrations leave out.</summary>
    public static Task CreateTableAsync(IServiceProvider services) => services.GetRequiredService<AppDb>().Database.ExecuteSqlRawAsync(
        "CREATE TABLE AspNetUserPasskeys (CredentialId BLOB PRIMARY KEY, UserId TEXT NOT NULL, Data TEXT NOT NULL)");

    /// <summary>Gives a browser an authenticator of its own, whose user is always there and always agrees.</summary>
    public static async Task HaveAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>Makes a passkey for the person who is signed in.</summary>
    public static async Task MakeAsync(IPage page) => Assert.True(await page.EvaluateAsync<bool>(MakePasskey));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map("/passkeys", passkeys => passkeys.Run(AnswerAsync));
        next(app);
    };

    private static async Task AnswerAsync(HttpContext context)
    {
        context.User = (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal!;
        var signIn = context.RequestServices.GetRequiredService<SignInManager<AppUser>>();
        var user = (await signIn.UserManager.GetUserAsync(context.User))!;
        if (context.Request.Path == "/options")
        {
            await context.Response.WriteAsync(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = user.Id, Name = user.Email!, DisplayName = user.Email! }));
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var attestation = await signIn.PerformPasskeyAttestationAsync(await reader.ReadToEndAsync());
        await signIn.UserManager.AddOrUpdatePasskeyAsync(user, attestation.Passkey!);
    }
}
