using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using Sessions.Tests.Templates;

namespace Sessions.IntegrationTests.Conventions;

/// <summary>What <c>dotnet pack</c> makes, looked at as a feed and a debugger do. It builds for release: leave it out with <c>Category!=Package</c>.</summary>
[Trait("Category", "Package")]
[Collection(Packages.Collection)]
public sealed class PackageTests(Packages packages)
{
    public static TheoryData<string> Libraries => ["Sessions.Identity", "Sessions.UI"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_package_has_its_readme_licence_documentation_and_dependencies(string library)
    {
        using var package = packages.Open(library, "nupkg");
        var files = package.Entries.Select(entry => entry.FullName).ToList();

        Assert.Contains("README.md", files);
        Assert.Contains("LICENSE", files);
        Assert.Contains($"lib/net10.0/{library}.dll", files);
        Assert.Contains($"lib/net10.0/{library}.xml", files);
        var metadata = XDocument.Load(package.GetEntry($"{library}.nuspec")!.Open()).Descendants().ToLookup(element => element.Name.LocalName, element => element);
        Assert.Equal("MIT", metadata["license"].Single().Value);
        Assert.Equal("README.md", metadata["readme"].Single().Value);
        Assert.NotEmpty(metadata["description"].Single().Value);
        Assert.All(
            metadata["dependency"].Where(dependency => dependency.Attribute("id")!.Value.StartsWith("Microsoft.", StringComparison.Ordinal)),
            dependency => Assert.Equal("10.0.12", dependency.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Its_symbols_lead_to_the_sources_and_to_no_folder_of_this_machine(string library)
    {
        using var package = packages.Open(library, "snupkg");
        using var pdb = new MemoryStream();
        using (var entry = package.GetEntry($"lib/net10.0/{library}.pdb")!.Open())
        {
            entry.CopyTo(pdb);
        }

        pdb.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(pdb);
        var symbols = provider.GetMetadataReader();
        var documents = symbols.Documents.Select(handle => symbols.GetString(symbols.GetDocument(handle).Name)).ToList();

        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_", document, StringComparison.Ordinal));
        Assert.DoesNotContain(Tool.Repository, Encoding.UTF8.GetString(pdb.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Its_build_is_deterministic(string library)
    {
        using var package = packages.Open(library, "nupkg");
        using var assembly = new MemoryStream();
        using (var entry = package.GetEntry($"lib/net10.0/{library}.dll")!.Open())
        {
            entry.CopyTo(assembly);
        }

        assembly.Position = 0;
        using var reader = new PEReader(assembly);

        Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Fact]
    public void The_public_surface_is_written_down()
    {
        var folder = Path.Combine(Tool.Repository, "src", "Sessions.Identity");

        Assert.True(File.Exists(Path.Combine(folder, "PublicAPI.Shipped.txt")));
        Assert.Contains("UserSessionManager", File.ReadAllText(Path.Combine(folder, "PublicAPI.Unshipped.txt")), StringComparison.Ordinal);
    }
}

/// <summary>Packs both libraries once, as CI does, into a folder of its own.</summary>
[CollectionDefinition(Collection)]
public sealed class Packages : IAsyncLifetime, ICollectionFixture<Packages>
{
    public const string Collection = "Packages";

    private static readonly string[] _asInCI = ["-c", "Release", "-p:ContinuousIntegrationBuild=true", "-p:UseSharedCompilation=false", "--nologo", "-v", "q"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sessions-packages-");

    public async ValueTask InitializeAsync()
    {
        // Anew: what an earlier build left may be told from this one by nothing but where its sources are said to be.
        await Tool.DotnetAsync(Tool.Repository, ["build", Path.Combine("src", "Sessions.UI"), "--no-incremental", .. _asInCI]);
        foreach (var library in PackageTests.Libraries)
        {
            await Tool.DotnetAsync(Tool.Repository, ["pack", Path.Combine("src", library), "--no-build", "-o", _folder.FullName, .. _asInCI]);
        }
    }

    /// <summary>Where they are, as a feed.</summary>
    public string Folder => _folder.FullName;

    public ZipArchive Open(string library, string extension) =>
        ZipFile.OpenRead(Assert.Single(_folder.GetFiles($"{library}.*.{extension}"), file => char.IsDigit(file.Name[library.Length + 1])).FullName);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }
}
