using Microsoft.Data.Sqlite;

namespace Sessions.Tests.Templates;

/// <summary>An app as <c>dotnet new</c> makes it, into which Sessions is installed as the README says.</summary>
/// <param name="template">The template's short name.</param>
/// <param name="database">Its database file.</param>
/// <param name="arguments">What else <c>dotnet new</c> is told.</param>
public abstract class TemplateApp(string template, string database, params string[] arguments) : IAsyncLifetime
{
    private const string Name = "StockApp";
    private const string Store = ".AddEntityFrameworkStores<ApplicationDbContext>()";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sessions-template-");
    private RunningApp? _running;

    internal Uri Address => _running!.Address;

    internal string Log => _running!.Log;

    // With a project for the browser beside it, the app is one folder further in.
    private string Folder => Directory.Exists(Path.Combine(_root.FullName, Name, Name)) ? Path.Combine(_root.FullName, Name, Name) : Path.Combine(_root.FullName, Name);

    private string Home => Path.Combine(_root.FullName, "home");

    private string Project => Path.Combine(Folder, $"{Name}.csproj");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Home);
        await Tool.DotnetAsync(_root.FullName, ["new", template, "-au", "Individual", "-o", Name, "--no-restore", .. arguments]);
        await BeforeInstallAsync();
        await InstallAsync();
        _running = await StartAsync();
        await AfterInstallAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _root.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The first column of what a query brings. The parameter is named $email.</summary>
    internal async Task<List<string>> QueryAsync(string sql, string? email = null)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, database)}");
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

    /// <summary>What is done with the app as the template made it.</summary>
    private protected virtual Task BeforeInstallAsync() => Task.CompletedTask;

    /// <summary>What is done with the app that has Sessions.</summary>
    private protected virtual Task AfterInstallAsync() => Task.CompletedTask;

    /// <summary>Writes code of the host's own after a line of its Program.cs.</summary>
    private protected Task AddCodeAsync(string after, string code) => ReplaceAsync(Path.Combine(Folder, "Program.cs"), after, $"{after}{code}");

    /// <summary>Writes markup or code of the host's own before a line of a file of the template's.</summary>
    private protected Task AddBeforeAsync(string path, string before, string text) => ReplaceAsync(Path.Combine(Folder, path), before, $"{text}{before}");

    /// <summary>Adds a file of the host's own.</summary>
    private protected Task AddFileAsync(string path, string text) => File.WriteAllTextAsync(Path.Combine(Folder, path), text);

    /// <summary>Removes the database file that the template comes with.</summary>
    private protected void RemoveDatabase() => File.Delete(Path.Combine(Folder, database));

    /// <summary>Adds to the app's project file.</summary>
    private protected Task AddToProjectAsync(string items) => ReplaceAsync(Project, "</Project>", $"<ItemGroup>{items}</ItemGroup></Project>");

    // The template's packages ask for a version of one of theirs that not every feed has: a warning, and none of ours.
    private protected Task BuildAsync() => Tool.DotnetAsync(Folder, "build", "-p:NuGetAudit=false", "-p:UseSharedCompilation=false", "--nologo", "-v", "q");

    private protected Task<RunningApp> StartAsync() => RunningApp.StartAsync(Folder, Path.Combine(Folder, "bin", "Debug", "net10.0", $"{Name}.dll"), Home);

    // Two references, one line, one migration.
    private async Task InstallAsync()
    {
        await AddToProjectAsync(string.Join(Environment.NewLine, new[] { "Sessions.Identity", "Sessions.UI" }.Select(library =>
            $"""    <ProjectReference Include="{Path.Combine(Tool.Repository, "src", library, $"{library}.csproj")}" />""")));
        await AddCodeAsync(Store, ".AddSessions()");
        await BuildAsync();
        await MigrateAsync();
    }

    /// <summary>Makes the tables, as a host does.</summary>
    private protected virtual async Task MigrateAsync()
    {
        await Tool.DotnetAsync(Tool.Repository, "tool", "restore");
        await Tool.DotnetAsync(Tool.Repository, "ef", "migrations", "add", "Sessions", "--project", Project, "--no-build");
        await BuildAsync();
        await Tool.DotnetAsync(Tool.Repository, "ef", "database", "update", "--project", Project, "--no-build");
    }

    private static async Task ReplaceAsync(string file, string what, string with)
    {
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains(what, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(what, with, StringComparison.Ordinal));
    }
}
