using System.Net;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>One browser with several requests under way: it signs in again, and one of them or the newer session changes the account.</summary>
public sealed class SecondTabTests
{
    // Before: how old the ticket is when the browser signs in again. At a zero interval, and where it is older than that, Identity looks too.
    public static TheoryData<int, int> Intervals => new() { { 30, 0 }, { 30, 31 }, { 0, 0 } };

    public static TheoryData<int, int, string> Late => With("/late", "/change-late");

    public static TheoryData<int, int, string> Changes => With("password", "two-factor");

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_request_in_flight_passes_after_its_browser_signed_in_again_and_changed_the_password(int interval, int before)
    {
        await using var tab = await SecondTab.StartAgainAsync(interval, before);
        Assert.Equal("Succeeded", await tab.Browser.PostAsync("/change/password"));

        using var answer = await tab.Late.GetAsync("/whoami");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
        await StaysAsync(tab);
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_password_changed_by_a_request_in_flight_leaves_its_browser_signed_in_and_ends_the_others(int interval, int before)
    {
        await using var tab = await SecondTab.StartAgainAsync(interval, before);
        var other = await tab.SignInOtherAsync();

        using var answer = await tab.Late.SendAsync(HttpMethod.Post, "/change/password");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
        await StaysAsync(tab, SessionEndReason.PasswordChanged);
        Assert.False(await other.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_browser_that_signs_in_again_while_its_password_is_changed_stays_signed_in(int interval, int before)
    {
        await using var tab = await SecondTab.StartAsync(interval, before);
        tab.Meanwhile = () => tab.Browser.SignInAsync();

        using var answer = await tab.Late.SendAsync(HttpMethod.Post, "/change-and-refresh-late");

        Assert.Equal("Succeeded", (await answer.Content.ReadAsStringAsync()).Trim('"'));
        LeavesTheCookies(answer);
        await StaysAsync(tab);
    }

    [Theory]
    [MemberData(nameof(Late))]
    public async Task A_request_that_was_let_in_before_its_browser_signed_in_again_writes_no_cookie_after_it(int interval, int before, string request)
    {
        await using var tab = await SecondTab.StartAsync(interval, before);
        tab.Meanwhile = async () =>
        {
            await tab.Browser.SignInAsync();
            tab.Wait(request == "/late" ? TimeSpan.FromSeconds(80) : TimeSpan.Zero); // longer than requests pass that come after it
        };

        using var answer = await tab.Late.SendAsync(HttpMethod.Post, request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
        await StaysAsync(tab);
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_browser_whose_password_is_changed_in_the_middle_of_its_sign_in_stays_signed_in(int interval, int before)
    {
        await using var tab = await SecondTab.StartAsync(interval, before);
        tab.Meanwhile = () => tab.Late.PostAsync("/change/password");

        Assert.Equal("Succeeded", await tab.Browser.PostAsync("/signin-late"));

        await StaysAsync(tab);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_browser_stays_with_its_own_late_change_where_the_host_lets_others_stay_too(int interval, int before, string change)
    {
        await using var tab = await SecondTab.StartAgainAsync(
            interval, before, options => (options.RevokeOnSecurityStampChange, options.RevokeOnPasswordChange) = (false, false));

        Assert.Equal("Succeeded", await tab.Late.PostAsync($"/change/{change}"));

        tab.Wait(TimeSpan.FromMinutes(31));
        await StaysAsync(tab);
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_change_that_no_context_saw_and_a_late_request_refreshes_leaves_its_browser_signed_in(int interval, int before)
    {
        await using var tab = await SecondTab.StartAgainAsync(interval, before);

        using var answer = await tab.Late.SendAsync(HttpMethod.Post, "/change-by-sql-and-refresh");

        LeavesTheCookies(answer);
        await StaysAsync(tab);
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_sign_in_refreshed_by_a_request_in_flight_leaves_the_newer_cookie_alone(int interval, int before)
    {
        await using var tab = await SecondTab.StartAgainAsync(interval, before);

        using var answer = await tab.Late.SendAsync(HttpMethod.Post, "/refresh");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
        await StaysAsync(tab);
    }

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("sqlite", true)]
    [InlineData("postgres", false)]
    [InlineData("postgres", true)]
    public async Task A_refresh_inside_of_the_hosts_own_transaction_waits_for_nothing(string provider, bool isLate)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var tab = await (isLate ? SecondTab.StartAgainAsync(database: database) : SecondTab.StartAsync(database: database));
        var other = await tab.SignInOtherAsync();

        await (isLate ? tab.Late : tab.Browser).PostAsync("/change-and-refresh-in-transaction");

        Assert.DoesNotContain(tab.App.Logs.GetSnapshot(), line => line.Message.Contains("TouchSession", StringComparison.Ordinal));
        Assert.True(await tab.Browser.IsSignedInAsync());
        await Eventually.TrueAsync(async () => !await other.IsSignedInAsync(), "the others end once it is committed");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(301)]
    public async Task A_late_request_whose_ticket_ran_out_leaves_the_cookie_of_the_next_sign_in(int secondsAfter)
    {
        await using var tab = await SecondTab.StartAsync();
        tab.Wait(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(secondsAfter));
        await tab.Browser.SignInAsync();

        using var answer = await tab.Late.GetAsync("/whoami");

        LeavesTheCookies(answer);
        Assert.True(await tab.Browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_sign_in_over_an_older_one_that_is_refreshed_at_once_is_one_sign_in()
    {
        await using var tab = await SecondTab.StartAsync();

        await tab.Browser.PostAsync("/in-and-refresh");

        await StaysAsync(tab);
    }

    [Fact]
    public async Task A_late_request_that_signs_out_and_in_again_begins_a_session()
    {
        await using var tab = await SecondTab.StartAgainAsync();

        await tab.Late.PostAsync("/out-and-in");

        Assert.True(await tab.Late.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.SignedOut, null], await tab.EndsAsync());
    }

    [Fact]
    public async Task A_sign_out_that_was_in_flight_when_its_browser_signed_in_again_ends_the_newer_session()
    {
        await using var tab = await SecondTab.StartAgainAsync();

        await tab.Late.PostAsync("/signout");

        Assert.False(await tab.Browser.IsSignedInAsync(), "its cookie is gone, and a copy of it is refused");
        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.SignedOut], await tab.EndsAsync());
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_sign_in_in_whose_middle_another_device_changes_the_password_does_not_hold(int interval, int before)
    {
        await using var tab = await SecondTab.StartAsync(interval, before);
        var other = await tab.SignInOtherAsync();
        tab.Meanwhile = () => other.PostAsync("/change/password");

        await tab.Browser.PostAsync("/signin-late");

        Assert.False(await tab.Late.IsSignedInAsync());
        Assert.False(await tab.Browser.IsSignedInAsync());
        Assert.True(await other.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_request_in_flight_is_refused_where_the_session_that_took_its_place_has_to_end(int interval, int before)
    {
        await using var tab = await SecondTab.StartAgainAsync(interval, before);
        await tab.App.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "ANOTHER")));

        using var answer = await tab.Late.GetAsync("/whoami");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        LeavesTheCookies(answer);
        Assert.False(await tab.Browser.IsSignedInAsync());
    }

    private static TheoryData<int, int, string> With(params string[] each) =>
        [.. Intervals.SelectMany(row => each.Select(one => (row.Data.Item1, row.Data.Item2, one)))];

    // What a browser gets with a late answer would take the place of its newer cookies.
    private static void LeavesTheCookies(HttpResponseMessage answer) =>
        Assert.DoesNotContain(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            cookie => cookie.StartsWith(".AspNetCore.Identity", StringComparison.Ordinal) || cookie.StartsWith("Identity.", StringComparison.Ordinal));

    // By its newer session, also when no late request passes any more.
    private static async Task StaysAsync(SecondTab tab, params string?[] others)
    {
        tab.Wait(TimeSpan.FromMinutes(2));
        Assert.True(await tab.Browser.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, null, .. others], await tab.EndsAsync());
    }
}
