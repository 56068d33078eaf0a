namespace Sessions.Benchmarks.Load;

/// <summary>Measures the variants on one provider in interleaved rounds, so that what else the machine does meets all of them.</summary>
internal sealed class Comparison(LoadOptions options, Provider provider)
{
    private readonly Dictionary<Variant, List<Sample>> _samples = Enum.GetValues<Variant>().ToDictionary(variant => variant, _ => new List<Sample>());

    public Provider Provider => provider;

    /// <summary>How many checks of Sessions got no answer while it was measured.</summary>
    public long Failures { get; private set; }

    public async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sessions-load-");
        var apps = new List<AppProcess>();
        try
        {
            foreach (var variant in Enum.GetValues<Variant>())
            {
                apps.Add(await AppProcess.StartAsync(variant, provider, provider == Provider.Postgres ? options.Postgres : null, folder.FullName));
            }

            await RunAsync(apps);
        }
        finally
        {
            foreach (var app in apps)
            {
                await app.DisposeAsync();
            }

            folder.Delete(recursive: true);
        }
    }

    public IReadOnlyList<Sample> Of(Variant variant) => _samples[variant];

    /// <summary>The ratios of two variants' throughput, round by round.</summary>
    public Spread Ratio(Variant one, Variant other) =>
        Spread.Of(_samples[one].Zip(_samples[other], (first, second) => first.RequestsPerSecond / second.RequestsPerSecond));

    private async Task RunAsync(List<AppProcess> apps)
    {
        foreach (var app in apps)
        {
            await LoadClient.RunAsync(app, options.Connections, TimeSpan.FromSeconds(options.WarmUpSeconds));
        }

        var sessions = apps.Single(app => app.Variant == Variant.Sessions);
        var before = await sessions.CountFailuresAsync();
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var app in apps)
            {
                _samples[app.Variant].Add(await MeasureAsync(app));
            }

            Console.Error.WriteLine($"{provider}: round {round} of {options.Rounds}");
        }

        Failures = await sessions.CountFailuresAsync() - before;
    }

    private async Task<Sample> MeasureAsync(AppProcess app)
    {
        var before = app.ProcessorTime;
        var seconds = TimeSpan.FromSeconds(options.Seconds);
        var perSecond = await LoadClient.RunAsync(app, options.Connections, seconds);
        return new Sample(perSecond, (app.ProcessorTime - before).TotalMicroseconds / (perSecond * options.Seconds));
    }
}
