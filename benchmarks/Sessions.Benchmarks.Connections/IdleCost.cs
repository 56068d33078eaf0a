using System.Diagnostics;

namespace Sessions.Benchmarks.Connections;

/// <summary>How many commands so many idle connections cost in each interval. Each of them is of a session of its own.</summary>
internal static class IdleCost
{
    private const int PerLookUp = 1_000; // the most that one command asks for
    private const int AtOnce = 8;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    public static async Task<bool> RunAsync(string? postgres, ConnectionKind kind, int connections, int intervals)
    {
        await using var app = await LiveApp.StartAsync(postgres, options => options.RevalidationInterval = _interval);
        using var commands = new CommandCount();
        List<IdlePerson> people = [.. Enumerable.Range(0, connections).Select(number => new IdlePerson(app.Address, $"person{number}"))];
        await app.CreatePeopleAsync(people.Select(person => person.Name));
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (person, _) => await person.ConnectAsync(kind));
        Console.Error.WriteLine($"{connections} connections ({kind}) in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");

        await Task.Delay(2 * _interval); // what they did to connect counts as activity, which the first look-ups write
        commands.Reset();
        await Task.Delay(intervals * _interval);
        var (counted, ofDriver, times) = (commands.OfEntityFramework, commands.OfDriver, Spread.Of(commands.Milliseconds.DefaultIfEmpty()));

        // That they were looked up at all: one of them is ended elsewhere, and only that one is closed.
        await app.EndElsewhereAsync(people[connections / 2].Name);
        await people[connections / 2].Closed.WaitAsync(4 * _interval);
        var closed = people.Count(person => person.Closed.IsCompleted);
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (person, _) => person.DisposeAsync());

        var perInterval = (double)Math.Max(counted, ofDriver) / intervals;
        var most = (connections + PerLookUp - 1) / PerLookUp;
        var isReached = counted > 0 && perInterval <= most * (intervals + 1.0) / intervals && closed == 1; // a look-up more falls into it by chance
        Say.Line($"| {(postgres is null ? "SQLite" : "PostgreSQL")}, {connections:N0} {(kind == ConnectionKind.Hub ? "hub connections" : "circuits")} | {counted}{(postgres is null ? "" : $" (the driver's count: {ofDriver})")} in {intervals} | {perInterval:0.00} | {perInterval / connections:0.0000} | {times.Median:0.0} ({times.Least:0.0} - {times.Most:0.0}) ms | {most} | {Say.Of(isReached)} |");
        return isReached;
    }
}
