using BenchmarkDotNet.Running;

// Once: npm ci --prefix eng/user-agents
// Then: dotnet run -c Release --project benchmarks/Sessions.Benchmarks.Devices -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
