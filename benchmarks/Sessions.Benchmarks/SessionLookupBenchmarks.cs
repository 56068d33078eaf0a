using BenchmarkDotNet.Attributes;

namespace Sessions.Benchmarks;

/// <summary>The look-up that every request makes, through the real store: by the plain command, and by EF Core's query that serves where the command is not known to be safe.</summary>
[MemoryDiagnoser]
public class SessionLookupBenchmarks
{
    private static readonly string _keyDigest = new('a', 64);

    private LookupApp _plain = null!;
    private LookupApp _ordinary = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _plain = await LookupApp.CreateAsync<BenchmarkDb>(_keyDigest);
        _ordinary = await LookupApp.CreateAsync<OrdinaryBenchmarkDb>(_keyDigest);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _plain.DisposeAsync();
        await _ordinary.DisposeAsync();
    }

    [Benchmark(Baseline = true, Description = "plain command")]
    public Task<object> PlainCommandAsync() => _plain.FindAsync(_keyDigest);

    [Benchmark(Description = "EF Core query")]
    public Task<object> EntityFrameworkQueryAsync() => _ordinary.FindAsync(_keyDigest);
}
