using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

public sealed class TrailTests
{
    [Theory]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task A_tracked_change_of_an_event_throws_and_says_why(string change)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => app.InDatabaseAsync(async db =>
        {
            var row = await db.Set<IdentitySessionEvent<string>>().FirstAsync();
            if (change == "delete")
            {
                db.Remove(row);
            }
            else
            {
                row.IpAddress = "192.0.2.1";
            }

            return await db.SaveChangesAsync();
        }));

        Assert.Contains("append-only", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_sees_the_failures_typed_against_identities_that_are_theirs()
    {
        await using var app = await TestApp.StartAsync();
        await app.NewDevice().SignInAsync("ada@example.com", "before the account was made");
        var ada = await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        await app.NewDevice().SignInAsync("ada@example.com", "before her first sign-in");
        await app.NewDevice().SignInAsync();
        await app.NewDevice().SignInAsync("ada@example.com", "wrong");
        await app.NewDevice().SignInAsync("bob@example.com", "wrong");

        var history = await app.WithUsersAsync(users => users.GetSessionHistoryAsync(ada));

        Assert.Equal(
            [SessionEventKind.SignInFailed, SessionEventKind.SignedIn, SessionEventKind.SignInFailed],
            history.Events.Select(row => row.Kind));
        Assert.Equal("ada@example.com", history.Events[0].Identity);
        Assert.Null(history.NextCursor);
    }

    [Fact]
    public async Task Nobody_sees_the_failures_of_an_address_that_is_not_confirmed_as_theirs()
    {
        await using var app = await TestApp.StartAsync();
        var mallory = await app.CreateUserAsync("ada@example.com", user => user.EmailConfirmed = false);
        await app.NewDevice().SignInAsync();
        await app.NewDevice().SignInAsync("ada@example.com", "wrong");

        var history = await app.WithUsersAsync(users => users.GetSessionHistoryAsync(mallory));

        Assert.Equal([SessionEventKind.SignedIn], history.Events.Select(row => row.Kind));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_whole_trail_can_be_paged_without_a_gap_or_a_repeat(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var user = await app.CreateUserAsync();
        for (var visit = 0; visit < 4; visit++)
        {
            await app.NewDevice().SignInAsync();
            await app.NewDevice().SignInAsync(password: "wrong");
            app.Time.Advance(TimeSpan.FromHours(1));
        }

        var seen = new List<SessionEventInfo>();
        string? cursor = null;
        do
        {
            var page = await app.WithUsersAsync(users => users.GetSessionHistoryAsync(user, cursor, pageSize: 3));
            seen.AddRange(page.Events);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(8, seen.Select(row => row.Id).Distinct().Count());
        Assert.Equal(8, seen.Count);
        Assert.Equal(seen.Select(row => row.OccurredAt).OrderDescending(), seen.Select(row => row.OccurredAt));
    }

    [Fact]
    public async Task What_a_client_writes_is_cut_to_its_column()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice(new string('x', 4000));

        await device.SignInAsync(new string('n', 900) + "@example.com", "wrong");
        await device.SignInAsync();

        Assert.All(await app.EventsAsync(), row => Assert.Equal(512, row.UserAgent!.Length));
        Assert.Equal(256, (await app.EventsAsync())[0].Identity!.Length);
    }

    [Fact]
    public async Task Nothing_personal_and_no_key_is_logged()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice("Telltale/1.0");
        await device.SignInAsync();
        await device.SignInAsync("typed-by-accident", "wrong");
        await device.PostAsync("/signout");

        var lines = app.Logs.GetSnapshot().Where(line => line.Category?.StartsWith("Sessions", StringComparison.Ordinal) == true).Select(line => line.Message).ToArray();

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Contains("Telltale", StringComparison.Ordinal) || line.Contains("typed-by-accident", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("ada@example.com", StringComparison.Ordinal));
    }
}
