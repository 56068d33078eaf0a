namespace Sessions.Benchmarks.Load;

/// <summary>What one round says of one variant.</summary>
internal sealed record Sample(double RequestsPerSecond, double ProcessorMicrosecondsPerRequest);
