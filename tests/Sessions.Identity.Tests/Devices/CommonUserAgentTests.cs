namespace Sessions.Identity.Tests.Devices;

public sealed class CommonUserAgentTests
{
    // One user agent a line, behind its name. To write the names anew: SESSIONS_WRITE_SNAPSHOTS=1 dotnet test
    private static readonly string _file = Path.Combine(Repository.Folder, "tests", "Sessions.Identity.Tests", "Devices", "common-user-agents.txt");

    [Fact]
    public void The_two_hundred_commonest_user_agents_have_the_names_that_were_reviewed()
    {
        var reviewed = File.ReadAllLines(_file);
        var named = reviewed.Select(line => line.Split('\t')[1]).Select(userAgent => $"{Describe(userAgent)}\t{userAgent}").ToArray();

        if (Environment.GetEnvironmentVariable("SESSIONS_WRITE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(_file, string.Join('\n', named) + "\n");
        }

        Assert.Equal(200, reviewed.Length);
        Assert.Equal(File.ReadAllLines(_file), named);
    }

    private static string Describe(string userAgent)
    {
        var device = Naming.Parse(userAgent);
        return $"{device.DisplayName} [{device.DeviceType}]";
    }
}
