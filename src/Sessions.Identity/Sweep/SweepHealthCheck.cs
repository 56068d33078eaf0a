using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sessions.Identity.Sweep;

/// <summary>Whether the sweep has run lately, on whatever node, and what it did.</summary>
internal sealed class SweepHealthCheck(UserSessionSweeper sweeper, SweepStart start, TimeProvider time, TimeSpan maxAge) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var last = await sweeper.GetLastResultAsync(cancellationToken);
        var age = time.GetUtcNow() - (last?.CompletedAt ?? start.At);
        var when = last is null ? "The sweep of sessions has not run yet." : $"The sweep of sessions last ran {age.TotalMinutes:F0} minutes ago.";
        return new HealthCheckResult(age <= maxAge ? HealthStatus.Healthy : context.Registration.FailureStatus, when, exception: null, Data(last));
    }

    private static Dictionary<string, object> Data(SessionSweepResult? last) => last is null ? [] : new()
    {
        [nameof(last.CompletedAt)] = last.CompletedAt,
        [nameof(last.ExpiredCount)] = last.ExpiredCount,
        [nameof(last.PrunedCount)] = last.PrunedCount,
        [nameof(last.PurgedEventCount)] = last.PurgedEventCount,
        [nameof(last.PurgedSessionCount)] = last.PurgedSessionCount,
        [nameof(last.ForgottenUserCount)] = last.ForgottenUserCount,
    };
}
