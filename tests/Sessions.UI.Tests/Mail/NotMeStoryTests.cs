using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Mail;

/// <summary>"This wasn't me", from the mail to what it ends.</summary>
public sealed class NotMeStoryTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_person_is_mailed_opens_the_link_and_the_device_is_out_with_the_reason(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await NoticeApp.StartAsync(setup => setup.Database = database);
        await app.App.CreateUserAsync();
        var (thief, link) = await app.IntrudeAsync();

        var person = app.App.NewDevice(Device.SafariOnIPhone);
        var (asked, question) = await NoticeApp.OpenAsync(person, link);
        var (done, answer) = await NoticeApp.ReportAsync(person, link);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (asked, done));
        Assert.Equal("Chrome 142 on Windows", question.QuerySelector(".sessions-reported .sessions-device")?.TextContent);
        Assert.Contains("81.2.69.160", question.QuerySelector(".sessions-reported")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("That device was signed out.", answer.QuerySelector("[role=status]")?.TextContent);
        Assert.False(await thief.IsSignedInAsync());
        var ended = Assert.Single(await app.App.SessionsAsync(), row => row.EndedAt is not null);
        Assert.Equal((SessionEndReason.ReportedByUser, true), (ended.EndReason, ended.NoticeAnsweredAt is not null));
        var report = Assert.Single(await app.App.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.Equal((SessionEndReason.ReportedByUser, ended.Id, "one"), (report.EndReason, report.SessionId, report.EndScope));
    }

    [Fact]
    public async Task The_link_works_once()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (thief, link) = await app.IntrudeAsync();
        var person = app.App.NewDevice();
        await NoticeApp.ReportAsync(person, link);

        await thief.SignInAsync();
        var (status, page) = await NoticeApp.OpenAsync(person, link);

        AssertInvalid(status, page);
        Assert.True(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task Two_who_answer_at_once_are_one_answer()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (_, link) = await app.IntrudeAsync();
        var (person, other) = (app.App.NewDevice(), app.App.NewDevice());
        var form = (await NoticeApp.OpenAsync(person, link)).Page.QuerySelector("form.sessions-not-me")!;
        var otherForm = (await NoticeApp.OpenAsync(other, link)).Page.QuerySelector("form.sessions-not-me")!;

        var answers = await Task.WhenAll(
            person.PostFormAsync(form.GetAttribute("action")!, NoticeApp.FieldsOf(form)),
            other.PostFormAsync(otherForm.GetAttribute("action")!, NoticeApp.FieldsOf(otherForm)));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], answers.Select(answer => answer.StatusCode).Order());
        Assert.Single(await app.App.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
    }

    [Fact]
    public async Task A_scanner_that_opens_every_link_changes_nothing()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (thief, link) = await app.IntrudeAsync();
        var scanner = app.App.NewDevice();

        await scanner.GetAsync(link);
        await scanner.GetAsync(link);
        using var head = await scanner.SendAsync(HttpMethod.Head, link);
        using var forged = await scanner.PostFormAsync(link, []); // no antiforgery token

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.True(await thief.IsSignedInAsync());
        Assert.All(await app.App.SessionsAsync(), row => Assert.Null(row.EndedAt));
        Assert.All(await app.App.SessionsAsync(), row => Assert.Null(row.NoticeAnsweredAt));
    }

    [Theory]
    [InlineData("over")]
    [InlineData("changed")]
    [InlineData("unknown")]
    [InlineData("empty")]
    [InlineData("none of ours")]
    public async Task A_token_that_is_not_good_answers_like_any_other_that_is_not(string how)
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (thief, link) = await app.IntrudeAsync();
        switch (how)
        {
            case "over":
                app.App.Time.Advance(TimeSpan.FromDays(7));
                break;
            case "changed":
                link = link[..^4] + (link.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
                break;
            case "unknown":
                await app.App.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteDeleteAsync());
                break;
            case "empty":
                link = link[..link.IndexOf('?', StringComparison.Ordinal)];
                break;
            default:
                link = link[..(link.IndexOf('=', StringComparison.Ordinal) + 1)] + "%00not-a-token";
                break;
        }

        var person = app.App.NewDevice();
        var (status, page) = await NoticeApp.OpenAsync(person, link);

        AssertInvalid(status, page);
        if (how == "over")
        {
            var fields = NoticeApp.FieldsOf((await NoticeApp.OpenAsync(person, "/Identity/Account/ForgotPassword")).Page.QuerySelector("form")!);
            fields["token"] = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
            using var posted = await person.PostFormAsync("/Identity/Account/Devices/NotMe", fields);
            AssertInvalid(posted.StatusCode, await PageHost.ReadAsync(posted));
            Assert.All(await app.App.SessionsAsync(), row => Assert.Null(row.EndReason));
        }
    }

    [Fact]
    public async Task The_link_works_until_its_last_moment()
    {
        await using var app = await NoticeApp.StartAsync(options: options => options.NewDeviceMail.LinkLifetime = TimeSpan.FromHours(1));
        await app.App.CreateUserAsync();
        var (_, link) = await app.IntrudeAsync();

        app.App.Time.Advance(TimeSpan.FromMinutes(59));
        var (inTime, _) = await NoticeApp.OpenAsync(app.App.NewDevice(), link);
        app.App.Time.Advance(TimeSpan.FromMinutes(2));
        var (late, _) = await NoticeApp.OpenAsync(app.App.NewDevice(), link);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (inTime, late));
    }

    [Fact]
    public async Task What_came_after_it_on_that_device_ends_too_and_nothing_else()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.App.CreateUserAsync("bob@example.com");
        var mine = app.App.NewDevice(Device.SafariOnIPhone);
        var (thief, link) = await app.IntrudeAsync(from: mine);
        await thief.PostAsync("/signout");
        var bob = thief.Copy(); // another person on the same browser
        await bob.SignInAsync("bob@example.com");
        await thief.SignInAsync();
        await thief.SignInAsync();

        await NoticeApp.ReportAsync(app.App.NewDevice(), link);

        Assert.False(await thief.IsSignedInAsync());
        Assert.True(await mine.IsSignedInAsync());
        Assert.True(await bob.IsSignedInAsync());
        Assert.Single(await app.App.SessionsAsync(), row => row.EndReason == SessionEndReason.ReportedByUser);
    }

    [Fact]
    public async Task A_device_that_was_reported_after_it_left_is_new_when_it_comes_back()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (thief, link) = await app.IntrudeAsync();
        await thief.PostAsync("/signout");

        var (status, _) = await NoticeApp.ReportAsync(app.App.NewDevice(), link);
        await thief.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEqual(link, NoticeApp.LinkIn(await app.Mails.NextAsync()));
        var session = (await app.App.SessionsAsync()).Single(row => row.NoticeAnsweredAt is not null);
        Assert.Equal(SessionEndReason.SignedOut, session.EndReason); // what happened first stays
    }

    [Fact]
    public async Task The_hook_is_told_of_the_report_with_its_request()
    {
        var told = new TaskCompletionSource<SessionRevokedContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await NoticeApp.StartAsync(options: options => options.Events.OnSessionRevoked = context =>
        {
            told.TrySetResult(context);
            return Task.CompletedTask;
        });
        await app.App.CreateUserAsync();
        var (_, link) = await app.IntrudeAsync();

        await NoticeApp.ReportAsync(app.App.NewDevice(), link);
        var revoked = await told.Task.WaitAsync(Eventually.Patience);

        Assert.Equal((SessionEndReason.ReportedByUser, "/Identity/Account/Devices/NotMe"), (revoked.Reason, revoked.Request?.Path));
    }

    [Theory]
    [InlineData("password", false, "/Identity/Account/ForgotPassword")]
    [InlineData("password", true, "/Identity/Account/Manage/ChangePassword")]
    [InlineData("external", false, "/Identity/Account/Login")]
    [InlineData("external", true, "/Identity/Account/Manage/ExternalLogins")]
    [InlineData("neither", false, "/Identity/Account/Login")]
    public async Task Leads_to_what_is_to_be_changed(string key, bool isSignedIn, string to)
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (_, link) = await app.IntrudeAsync();
        await app.App.WithUsersAsync(async users =>
        {
            var user = (await users.FindByNameAsync("ada@example.com"))!;
            return key switch
            {
                "external" => (await users.AddLoginAsync(user, new UserLoginInfo("google", "key-1", "Google")), await users.RemovePasswordAsync(user)).Item2,
                "neither" => await users.RemovePasswordAsync(user),
                _ => IdentityResult.Success,
            };
        });
        var person = app.App.NewDevice(Device.SafariOnIPhone);
        if (isSignedIn)
        {
            await person.PostAsync(key == "external" ? "/signin-external?provider=google&key=key-1" : "/signin?name=ada@example.com&password=Pa55-word!");
            Assert.True(await person.IsSignedInAsync());
        }

        var (_, page) = await NoticeApp.ReportAsync(person, link);

        Assert.Equal(to, page.QuerySelector("main a.btn")?.GetAttribute("href"));
        Assert.Equal(key == "external", page.QuerySelector("main")!.TextContent.Contains("you sign in with Google", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_opens_it_on_the_very_device_is_warned_and_then_has_no_pages_of_their_own()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (thief, link) = await app.IntrudeAsync();

        var (_, question) = await NoticeApp.OpenAsync(thief, link);
        var (_, answer) = await NoticeApp.ReportAsync(thief, link);

        Assert.NotNull(question.QuerySelector(".sessions-this-device"));
        Assert.Equal("/Identity/Account/ForgotPassword", answer.QuerySelector("main a.btn")?.GetAttribute("href"));
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task The_page_is_kept_nowhere_and_tells_no_other_site_of_its_token()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        var (_, link) = await app.IntrudeAsync();

        using var answer = await app.App.NewDevice().GetAsync(link);
        var page = await PageHost.ReadAsync(answer);

        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        var session = (await app.App.SessionsAsync()).Single(row => row.NoticeKeyDigest is not null);
        Assert.DoesNotContain(session.Id.ToString(), link + page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ada@example.com", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    private static void AssertInvalid(HttpStatusCode status, AngleSharp.Dom.IDocument page)
    {
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("This link is no longer valid. It works once, and for a few days.", page.QuerySelector("[role=alert]")?.TextContent);
        Assert.Null(page.QuerySelector(".sessions-reported"));
        Assert.Null(page.QuerySelector("form.sessions-not-me"));
    }
}
