using Sessions.Benchmarks.Load;

// A process of ours that runs one variant of the app.
if (args is ["app", var variant, var provider])
{
    return await LoadApp.RunAsync(Enum.Parse<Variant>(variant), Enum.Parse<Provider>(provider));
}

if (LoadOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}

Report.Surroundings(options);
Provider[] providers = options.Postgres is null ? [Provider.Sqlite] : [Provider.Sqlite, Provider.Postgres];
var isReached = true;
foreach (var measured in providers)
{
    var comparison = new Comparison(options, measured);
    await comparison.RunAsync();
    isReached &= Report.Of(comparison);
}

return isReached ? 0 : 1;
