namespace Sessions.Benchmarks.Connections;

internal enum ConnectionKind
{
    Hub,
    Circuit,
}
