using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Playwright;
using Sessions.Benchmarks.Connections;

const string Usage =
    """
    dotnet run -c Release --project benchmarks/Sessions.Benchmarks.Connections -- [options]
      --postgres "<connection string>"  count on PostgreSQL too; the role must be allowed to create databases
      --rounds <n>                      circuits ended at once (20)
      --interval <n>                    seconds between look-ups, where they are not ended at once (60)
      --waits <n>                       circuits that wait for a look-up, each for another part of the interval (6)
      --connections <n>                 idle connections (1000)
      --intervals <n>                   intervals of 5 s over which their commands are counted (6)
    """;

Dictionary<string, string> options = new() { ["--rounds"] = "20", ["--interval"] = "60", ["--waits"] = "6", ["--connections"] = "1000", ["--intervals"] = "6" };
foreach (var pair in args.Chunk(2))
{
    if (pair is not [var name, var value] || (name != "--postgres" && !(options.ContainsKey(name) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)))
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    options[name] = value;
}

int Number(string name) => int.Parse(options[name], CultureInfo.InvariantCulture);
Say.Line($"{Environment.ProcessorCount} cores shared by app, database, browser and clients · {RuntimeInformation.FrameworkDescription} · {RuntimeInformation.OSArchitecture}");
var isReached = true;
if (Chromium.Executable is null)
{
    Console.Error.WriteLine("Chromium is not installed: how fast a circuit ends is not measured.");
    isReached = false;
}
else
{
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await Chromium.LaunchAsync(playwright);
    Say.Line($"");
    Say.Line($"| ms after the revocation, median (least - most) | end committed | circuit gone | reason shown | required | |");
    Say.Line($"|---|---:|---:|---:|---:|---|");
    isReached &= await EndTime.PushAsync(browser, Number("--rounds"));
    await EndTime.IntervalAsync(browser, Number("--waits"), TimeSpan.FromSeconds(Number("--interval")));
}

Say.Line($"");
Say.Line($"| idle | commands in intervals | per interval | per connection and interval | one command takes | required | |");
Say.Line($"|---|---:|---:|---:|---:|---:|---|");
foreach (var postgres in options.TryGetValue("--postgres", out var connectionString) ? new[] { null, connectionString } : [null])
{
    isReached &= await IdleCost.RunAsync(postgres, ConnectionKind.Hub, Number("--connections"), Number("--intervals"));
    isReached &= await IdleCost.RunAsync(postgres, ConnectionKind.Circuit, Number("--connections"), Number("--intervals"));
}

return isReached ? 0 : 1;
