using Sessions.Tests.Templates;

namespace Sessions.IntegrationTests.Conventions;

/// <summary>The one command of docs/devices-page.md, in an app that has Sessions from its packages.</summary>
[Trait("Category", "Package")]
[Collection(Packages.Collection)]
public sealed class CopiedPagesTests(Packages packages) : IAsyncLifetime
{
    private const string Own = "<p>A line of the app's own</p>";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sessions-copied-");

    private string App => Path.Combine(_root.FullName, "App");

    private string Pages => Path.Combine(App, "Areas", "Identity", "Pages", "Account");

    [Fact]
    public async Task The_command_copies_each_page_once_and_the_copies_take_the_place_of_ours()
    {
        await Tool.DotnetAsync(App, "build", "-t:CopySessionsPages", "-p:Page=NotMe", "--nologo", "-v", "q");
        Assert.Equal(["Devices/NotMe.cshtml"], Copied());
        var notMe = Path.Combine(Pages, "Devices", "NotMe.cshtml");
        await File.AppendAllTextAsync(notMe, Own);

        await Tool.DotnetAsync(App, "build", "-t:CopySessionsPages", "--nologo", "-v", "q");
        Assert.Equal(["ConfirmAccess.cshtml", "Devices.cshtml", "Devices/History.cshtml", "Devices/Limit.cshtml", "Devices/NotMe.cshtml"], Copied());
        Assert.EndsWith(Own, await File.ReadAllTextAsync(notMe), StringComparison.Ordinal);

        await Tool.DotnetAsync(App, "build", "--nologo", "-v", "q", "-p:UseSharedCompilation=false");
        await using var running = await RunningApp.StartAsync(App, Path.Combine(App, "bin", "Debug", "net10.0", "App.dll"), _root.FullName);
        using var client = new HttpClient();
        var page = await (await client.GetAsync(new Uri(running.Address, "Identity/Account/Devices/NotMe"))).Content.ReadAsStringAsync();
        var german = await (await client.GetAsync(new Uri(running.Address, "Identity/Account/Devices/NotMe?culture=de"))).Content.ReadAsStringAsync();

        Assert.Contains("This link is no longer valid", page, StringComparison.Ordinal);
        Assert.Contains(Own, page, StringComparison.Ordinal);
        Assert.Contains("Dieser Link ist nicht mehr g", german, StringComparison.Ordinal); // the package has its languages
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(App, "Pages", "Shared"));
        await File.WriteAllTextAsync(Path.Combine(App, "Pages", "Shared", "_LoginPartial.cshtml"), "<!-- Identity UI's layout asks for it -->");
        await File.WriteAllTextAsync(Path.Combine(App, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{packages.Folder}</RestoreAdditionalProjectSources>
                <!-- What is packed here stays out of this machine's cache, and what is there need not be fetched again. -->
                <RestorePackagesPath>{Path.Combine(_root.FullName, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Sessions.UI" Version="0.1.0" />
                <PackageReference Include="Microsoft.AspNetCore.Identity.EntityFrameworkCore" Version="10.0.15" />
                <PackageReference Include="Microsoft.AspNetCore.Identity.UI" Version="10.0.15" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Relational" Version="10.0.15" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.15" />
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(App, "Program.cs"), """
            using Microsoft.AspNetCore.Identity;
            using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDbContext<AppDb>(options => options.UseSqlite("Data Source=app.db"));
            builder.Services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<AppDb>().AddSessions();
            builder.Services.AddRazorPages();
            var app = builder.Build();
            using (var scope = app.Services.CreateScope())
            {
                scope.ServiceProvider.GetRequiredService<AppDb>().Database.EnsureCreated();
            }

            app.UseRequestLocalization("en", "de");
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapRazorPages();
            app.Run();

            internal sealed class AppDb(DbContextOptions<AppDb> options) : IdentityDbContext(options);
            """);
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _root.Delete(recursive: true);
        return default;
    }

    private IEnumerable<string> Copied() => Directory.EnumerateFiles(Pages, "*.cshtml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Pages, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
