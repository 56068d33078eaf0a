using IdentityApp;
using IdentityApp.Data;
using IdentityApp.Mail;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity.UI.Services;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;

var builder = WebApplication.CreateBuilder(args);

var connectionString = builder.Configuration.GetConnectionString("Default") ?? "Data Source=app.db";
builder.Services.AddDbContext<AppDb>(options => options.UseSqlite(connectionString));
builder.Services.AddDefaultIdentity<AppUser>().AddEntityFrameworkStores<AppDb>().AddSessions(options =>
{
    options.RequestClientHints = true;
    options.Administration.Policy = Operators.Policy;
    options.NewDeviceMail.SiteAddress = new Uri(builder.Configuration["SiteAddress"] ?? "http://localhost:5000");
});
builder.Services.AddAuthorizationBuilder().AddPolicy(Operators.Policy, policy => policy.RequireClaim(Operators.Claim));
builder.Services.Configure<UserSessionOptions>(builder.Configuration.GetSection("Sessions"));

var mails = new MailFolder(builder.Configuration["MailFolder"] ?? Path.Combine(builder.Environment.ContentRootPath, "mails"), TimeProvider.System);
builder.Services.AddSingleton<IEmailSender>(mails).AddSingleton<ISessionEmailSender>(mails);
builder.Services.AddRazorPages();

// The languages of the pages, asked for by ?culture=de, by a cookie, or by the browser.
string[] languages = ["en", "es", "de", "fr", "pt-BR", "it", "ja", "zh-Hans", "ar"];
builder.Services.Configure<RequestLocalizationOptions>(options =>
    options.SetDefaultCulture("en").AddSupportedCultures(languages).AddSupportedUICultures(languages));

if (builder.Environment.IsDevelopment())
{
    // From this machine only, as by default, so that a place can be tried with curl: docs/locations.md.
    builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
}

var app = builder.Build();

if (app.Environment.IsDevelopment())
{
    await DemoData.CreateAsync(app.Services);
}

Locations.SayWhatToSet(app);
app.UseForwardedHeaders();
app.UseRequestLocalization();
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.MapStaticAssets();
app.MapRazorPages().WithStaticAssets();
app.MapGet("/whoami", (HttpContext context) => context.User.Identity!.Name).RequireAuthorization();

await app.RunAsync();

/// <summary>Named so that tests can start the app.</summary>
public partial class Program;
