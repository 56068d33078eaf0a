using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Administration;

/// <summary>The last 24 hours, counted by the database and once more by hand.</summary>
public sealed class OverviewTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _first = _now.AddHours(-23);
    private static readonly string[] _ofAccounts = [SignInFailureReason.WrongPassword];

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_hours_and_the_tables_are_what_a_recount_of_the_rows_gives(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var trail = new RandomTrail(_now);
        await trail.WriteAsync(app, events: 1_500, sessions: 0);

        var overview = await SearchTests.ManagedAsync(app, manager => manager.GetOverviewAsync());

        Assert.Equal(Enumerable.Range(0, 24).Select(hour => Recounted(trail, _first.AddHours(hour))), overview.Hours);
        Assert.Equal(Sources(trail), overview.Sources);
        Assert.Equal(Targets(trail), overview.Targets);
        Assert.True(overview.Hours.Sum(hour => hour.NewDevices + hour.ImpossibleTravels) > 0);
    }

    private static SessionHour Recounted(RandomTrail trail, DateTimeOffset start)
    {
        var rows = trail.Events.Where(row => row.OccurredAt >= start && row.OccurredAt < start.AddHours(1)).ToArray();
        return new SessionHour(
            start,
            rows.Count(row => row.Kind == SessionEventKind.SignedIn),
            rows.Count(row => row.Kind == SessionEventKind.SignInFailed),
            rows.Count(row => row.IsNewDevice),
            rows.Count(row => row.IsImpossibleTravel),
            rows.Count(row => row.Kind == SessionEventKind.Revoked));
    }

    private static IEnumerable<FailureSource> Sources(RandomTrail trail) => Failures(trail)
        .GroupBy(row => row.IpAddress)
        .Select(rows => new FailureSource(
            rows.Key,
            rows.Count(),
            rows.Select(row => row.Identity).OfType<string>().Distinct().Count(),
            rows.Where(row => _ofAccounts.Contains(row.FailureReason)).Select(row => row.Identity).OfType<string>().Distinct().Count()))
        .OrderByDescending(source => source.Failures).ThenBy(source => source.IpAddress, StringComparer.Ordinal).Take(10);

    private static IEnumerable<FailureTarget> Targets(RandomTrail trail) => Failures(trail)
        .Where(row => row.Identity is not null)
        .GroupBy(row => row.Identity!)
        .Select(rows => new FailureTarget(
            rows.Key,
            rows.Count(),
            rows.Select(row => row.IpAddress).OfType<string>().Distinct().Count(),
            rows.Any(row => _ofAccounts.Contains(row.FailureReason))))
        .OrderByDescending(target => target.Failures).ThenBy(target => target.Identity, StringComparer.Ordinal).Take(10);

    private static IEnumerable<IdentitySessionEvent<string>> Failures(RandomTrail trail) =>
        trail.Events.Where(row => row.Kind == SessionEventKind.SignInFailed && row.OccurredAt >= _first);
}
