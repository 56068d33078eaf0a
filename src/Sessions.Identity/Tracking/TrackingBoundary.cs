using System.Transactions;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Tracking;

/// <summary>The one place where a failure of tracking stops. Tracking may lose a row of the log; it never breaks a sign-in or a request.</summary>
internal sealed class TrackingBoundary(TimeProvider time, TrackingCircuit circuit, SessionMetrics metrics, ILogger<TrackingBoundary> logger)
{
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(1);

    private readonly long[] _lastLogged = new long[Enum.GetValues<TrackingStep>().Length];

    /// <summary>Runs a step that asks the store, within the request's budget.</summary>
    /// <remarks>
    /// The token is our own time limit, never RequestAborted: hanging up must not keep an attempt out of the trail. Work that ignores it
    /// is abandoned, so it must not touch the HttpContext: it gets a snapshot.
    /// </remarks>
    /// <param name="budget">The request's budget.</param>
    /// <param name="step">What is done.</param>
    /// <param name="work">The work.</param>
    /// <param name="inPlace">Whether the work is known to keep to the budget on this very thread, so that it needs none of its own.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> AskStoreAsync(TrackingBudget budget, TrackingStep step, Func<CancellationToken, Task> work, bool inPlace = false) =>
        // A budget that something else has used up says nothing about the store.
        Passed(step, budget.Left == TimeSpan.Zero ? new TrackingTimeoutException() : await circuit.RunAsync(step, () => AttemptAsync(budget, work, inPlace)));

    /// <summary>Runs a step that asks something else than the store: a parser, a lookup, a host's own code.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> RunAsync(TrackingBudget budget, TrackingStep step, Func<CancellationToken, Task> work) =>
        Passed(step, await AttemptAsync(budget, work));

    /// <summary>Runs a step that the request itself would run, where it is: on the host's own services, which nobody else may use meanwhile.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> RunHereAsync(TrackingStep step, Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
#pragma warning disable CA1031 // Catching everything is this type's whole job.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Passed(step, fault);
        }
    }

    /// <summary>Runs a step that only computes.</summary>
    /// <returns>Whether it was done.</returns>
    public bool Run(TrackingStep step, Action work)
    {
        try
        {
            work();
            return true;
        }
#pragma warning disable CA1031 // Catching everything is this type's whole job.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Passed(step, fault);
        }
    }

    private async Task<Exception?> AttemptAsync(TrackingBudget budget, Func<CancellationToken, Task> work, bool inPlace = false)
    {
        var left = budget.Left;
        if (left == TimeSpan.Zero)
        {
            return new TrackingTimeoutException();
        }

        var started = time.GetTimestamp();
        var limit = new CancellationTokenSource();
        Task? running = null;
        try
        {
            // On a thread of its own, unless it is known to keep to its time: SQLite, and a host's own code, block instead of waiting.
            running = inPlace
                ? WithoutAmbientTransactionAsync(work, limit.Token)
                : Task.Run(() => WithoutAmbientTransactionAsync(work, limit.Token), CancellationToken.None);
            await running.WaitAsync(left, time, CancellationToken.None);
            return null;
        }
        catch (TimeoutException) when (running is { IsCompleted: false })
        {
            Abandon(running, limit);
            return new TrackingTimeoutException();
        }
#pragma warning disable CA1031 // Catching everything is this type's whole job.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // A database that gives up by its own limit, a moment before ours, has held the request up all the same.
            return time.GetElapsedTime(started) >= left / 2 ? new TrackingTimeoutException(fault) : fault;
        }
        finally
        {
            budget.Spend(time.GetElapsedTime(started));
            if (running is null or { IsCompleted: true })
            {
                limit.Dispose();
            }
        }
    }

    // A transaction of the host is its own: what we write must neither wait for it nor fall with it.
    private static async Task WithoutAmbientTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (Transaction.Current is null)
        {
            await work(cancellationToken);
            return;
        }

        using var apart = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        await work(cancellationToken);
    }

    private static void Abandon(Task running, CancellationTokenSource limit)
    {
        running.GiveUp();

        // Not on this thread: what listens to the token is the work's own, and may hang like it.
        _ = limit.CancelAsync();
    }

    private bool Passed(TrackingStep step, Exception? fault)
    {
        if (fault is null)
        {
            return true;
        }

        metrics.TrackingFailed(step);
        if (fault is BrokenCircuitException || !IsDueToLog(step))
        {
            logger.TrackingFailedAgain(step, fault.GetType().Name);
            return false;
        }

        // What looks at the client's own words may repeat them in its exceptions: "the address … is not in the database".
        if (step is TrackingStep.DescribeRequest or TrackingStep.ParseDevice or TrackingStep.LocateAddress)
        {
            logger.DescriptionFailed(step, fault.GetType().FullName);
            return false;
        }

        logger.TrackingFailed(fault, step);
        return false;
    }

    // One line with its exception a second and step: an outage under load would otherwise be an outage of the log too.
    private bool IsDueToLog(TrackingStep step)
    {
        var now = time.GetTimestamp();
        ref var last = ref _lastLogged[(int)step];
        var before = Interlocked.Read(ref last);
        return (before == 0 || time.GetElapsedTime(before, now) >= _quiet) && Interlocked.CompareExchange(ref last, now, before) == before;
    }
}
