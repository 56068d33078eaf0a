using Microsoft.EntityFrameworkCore;

namespace Sessions.Benchmarks;

/// <summary>The same, but it overrides OnConfiguring, so that the store looks its sessions up by EF Core's ordinary query.</summary>
internal sealed class OrdinaryBenchmarkDb(DbContextOptions options) : BenchmarkDb(options)
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => base.OnConfiguring(optionsBuilder);
}
