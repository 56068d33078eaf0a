using Microsoft.Data.Sqlite;

namespace Sessions.IntegrationTests.Templates;

/// <summary>An app as <c>dotnet new</c> makes it. People sign in to it, then Sessions is installed as the README says, and it starts again.</summary>
public abstract class TemplateApp(string template) : IAsyncLifetime
{
    private const string Name = "StockApp";
    private const string Store = ".AddEntityFrameworkStores<ApplicationDbContext>()";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sessions-template-");
    private RunningApp? _running;

    /// <summary>Somebody who was signed in before the install, on two devices.</summary>
    internal const string Early = "early@example.com";

    internal Browser Laptop { get; private set; } = null!;

    internal Browser Phone { get; private set; } = null!;

    private string Folder => Path.Combine(_root.FullName, Name);

    private string Home => Path.Combine(_root.FullName, "home");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Home);
        await Tool.DotnetAsync(_root.FullName, "new", template, "-au", "Individual", "-o", Name, "--no-restore");
        await BuildAsync();
        var (laptop, phone) = await SignInBeforeAsync();
        await InstallAsync();

        _running = await StartAsync();
        Laptop = new Browser(_running.Address, laptop.Cookies);
        Phone = new Browser(_running.Address, phone.Cookies);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _root.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal string Log => _running!.Log;

    internal Browser NewBrowser() => new(_running!.Address);

    internal async Task<List<string>> QueryAsync(string sql, string? email = null)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "app.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$email", (object?)email ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        }

        return rows;
    }

    private async Task<(Browser Laptop, Browser Phone)> SignInBeforeAsync()
    {
        await using var stock = await StartAsync();
        var (laptop, phone) = (new Browser(stock.Address), new Browser(stock.Address));
        await laptop.RegisterAsync(Early);
        Assert.True(await laptop.SignInAsync(Early));
        Assert.True(await phone.SignInAsync(Early));
        return (laptop, phone);
    }

    // Two references, one line, one migration.
    private async Task InstallAsync()
    {
        var project = Path.Combine(Folder, $"{Name}.csproj");
        var references = string.Join(Environment.NewLine, new[] { "Sessions.Identity", "Sessions.UI" }.Select(library =>
            $"""    <ProjectReference Include="{Path.Combine(Tool.Repository, "src", library, $"{library}.csproj")}" />"""));
        await ReplaceAsync(project, "</Project>", $"<ItemGroup>{references}</ItemGroup></Project>");
        await ReplaceAsync(Path.Combine(Folder, "Program.cs"), Store, $"{Store}.AddSessions()");
        await BuildAsync();

        await Tool.DotnetAsync(Tool.Repository, "tool", "restore");
        await Tool.DotnetAsync(Tool.Repository, "ef", "migrations", "add", "Sessions", "--project", project, "--no-build");
        await BuildAsync();
        await Tool.DotnetAsync(Tool.Repository, "ef", "database", "update", "--project", project, "--no-build");
    }

    // The template's packages ask for a version of one of theirs that not every feed has: a warning, and none of ours.
    private Task BuildAsync() => Tool.DotnetAsync(Folder, "build", "-p:NuGetAudit=false", "-p:UseSharedCompilation=false", "--nologo", "-v", "q");

    private Task<RunningApp> StartAsync() => RunningApp.StartAsync(Folder, Path.Combine(Folder, "bin", "Debug", "net10.0", $"{Name}.dll"), Home);

    private static async Task ReplaceAsync(string file, string what, string with)
    {
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains(what, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(what, with, StringComparison.Ordinal));
    }
}

public sealed class WebAppTemplate() : TemplateApp("webapp");

public sealed class MvcTemplate() : TemplateApp("mvc");
