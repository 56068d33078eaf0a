using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>By which index what is forgotten is found: no statement looks through a whole table.</summary>
public sealed class ForgetPlanTests
{
    [Theory]
    [MemberData(nameof(Forgotten.EveryWay), MemberType = typeof(Forgotten))]
    public async Task Every_statement_that_forgets_is_a_walk_along_the_index_of_its_condition(string provider, string way)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var plans = new PlanReader(IsOurs);
        await using var app = await Forgotten.StartAsync(database, way, plans);
        var (ada, bob) = (await app.CreateUserAsync(), await app.CreateUserAsync("bob@example.com"));
        await app.NewDevice().SignInAsync();
        await app.AddEventsAsync(2_100, SessionEventKind.SignedIn, userId: ada.Id);
        await app.AddEventsAsync(2_100, SessionEventKind.SignInFailed, identity: "ada@example.com");
        await app.AddEventsAsync(2_100, SessionEventKind.Revoked, userId: bob.Id, actorId: ada.Id);
        await app.AddEventsAsync(5_000, SessionEventKind.SignedIn, userId: bob.Id);
        await app.Database.ExecuteAsync("ANALYZE \"AspNetSessionEvents\"");

        await app.ForgetAsync(ada, way);

        Assert.NotEmpty(plans.Plans);
        Assert.All(plans.Plans, read => Assert.True(read.Plan.Contains(IndexOf(read.Sql), StringComparison.Ordinal), $"{read.Sql}\n{read.Plan}"));
        if (provider == "sqlite")
        {
            Assert.All(plans.Plans, read => Assert.DoesNotContain("B-TREE", read.Plan, StringComparison.Ordinal));
        }

        Assert.Contains(plans.Plans, read => IndexOf(read.Sql) == "IX_AspNetSessionEvents_ActorId_OccurredAt");
        Assert.Contains(plans.Plans, read => IndexOf(read.Sql) == "IX_AspNetUserSessions_EndedBy_EndedAt");
    }

    // What changes or removes rows of one condition, and what looks where a range of them ends.
    private static bool IsOurs(string sql) =>
        (sql.StartsWith("DELETE", StringComparison.Ordinal) || sql.StartsWith("UPDATE", StringComparison.Ordinal) || sql.Contains("OFFSET", StringComparison.Ordinal))
        && IndexOf(sql).Length > 0;

    private static string IndexOf(string sql)
    {
        var (condition, isTrail) = (sql[Math.Max(0, sql.IndexOf("WHERE", StringComparison.Ordinal))..], sql.Contains("\"AspNetSessionEvents\"", StringComparison.Ordinal));
        return (isTrail, condition) switch
        {
            (true, _) when condition.Contains("\"ActorId\" =", StringComparison.Ordinal) => "IX_AspNetSessionEvents_ActorId_OccurredAt",
            (true, _) when condition.Contains("\"Identity\" =", StringComparison.Ordinal) => "IX_AspNetSessionEvents_Identity_OccurredAt",
            (true, _) when condition.Contains("\"UserId\" =", StringComparison.Ordinal) => "IX_AspNetSessionEvents_UserId_OccurredAt_Id",
            (true, _) when condition.Contains("\"WriteKey\" =", StringComparison.Ordinal) => "IX_AspNetSessionEvents_WriteKey",
            (false, _) when condition.Contains("\"EndedBy\" =", StringComparison.Ordinal) => "IX_AspNetUserSessions_EndedBy_EndedAt",
            (false, _) when condition.Contains("\"UserId\" =", StringComparison.Ordinal) => "IX_AspNetUserSessions_UserId",
            _ => string.Empty,
        };
    }
}
