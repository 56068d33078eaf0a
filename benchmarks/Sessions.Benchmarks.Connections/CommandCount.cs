using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.Benchmarks.Connections;

/// <summary>Counts the commands that go to the database: all of EF Core's, and on PostgreSQL all of the driver's, whoever sends them.</summary>
internal sealed class CommandCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<double> _milliseconds = [];
    private readonly List<IDisposable> _subscriptions = [];
    private readonly MeterListener _meters = new();
    private int _ofDriver;

    public CommandCount()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" or "db.client.commands.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _ofDriver));
        _meters.Start();
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int OfEntityFramework => _milliseconds.Count;

    public int OfDriver => Volatile.Read(ref _ofDriver);

    public IReadOnlyList<double> Milliseconds => [.. _milliseconds];

    public void Reset()
    {
        _milliseconds.Clear();
        Volatile.Write(ref _ofDriver, 0);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuted.Name || name == RelationalEventId.CommandError.Name));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandEndEventData command)
        {
            _milliseconds.Enqueue(command.Duration.TotalMilliseconds);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _meters.Dispose();
        _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
