using PublicApiGenerator;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests;

public sealed class PublicApiTests
{
    /// <summary>What changed on purpose is approved by copying the received file over the approved one.</summary>
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var types = typeof(DevicesModel).Assembly.GetExportedTypes().Where(type => type.Name != "_Imports").ToArray();
        var received = types.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n");
        var folder = Repository.Folder("tests/Sessions.UI.Tests");
        var approved = Path.Combine(folder, "PublicApi.approved.txt");

        if (!File.Exists(approved) || File.ReadAllText(approved).ReplaceLineEndings("\n") != received)
        {
            File.WriteAllText(Path.Combine(folder, "PublicApi.received.txt"), received);
            Assert.Fail("The public surface of Sessions.UI changed: compare PublicApi.received.txt with PublicApi.approved.txt.");
        }
    }
}
