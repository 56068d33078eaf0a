using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using Sessions.Identity;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

public sealed class LifecycleStoryTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Who_was_idle_for_too_long_is_told_so_on_the_login_page()
    {
        await using var visitor = await (await browser.VisitAsync()).SignInAsync();
        await browser.WithServicesAsync(async services =>
        {
            var db = services.GetRequiredService<IdentityApp.Data.AppDb>();
            var latest = await db.Set<IdentityUserSession<string>>().OrderByDescending(row => row.Id).FirstAsync();
            await db.Set<IdentityUserSession<string>>().Where(row => row.Id == latest.Id).ExecuteUpdateAsync(row => row
                .SetProperty(session => session.EndedAt, session => session.LastSeenAt)
                .SetProperty(session => session.EndReason, SessionEndReason.Expired));
        });

        await visitor.OpenAsync(Visitor.EmailPath);

        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Your session has expired. Please sign in again.");
    }

    [Fact]
    public async Task The_personal_data_that_Identity_hands_out_have_sessions_and_login_history_in_them()
    {
        await using var visitor = await (await browser.VisitAsync()).SignInAsync();
        await visitor.OpenAsync("/Identity/Account/Manage/PersonalData");

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Button("Download").ClickAsync());

        using var document = await JsonDocument.ParseAsync(await download.CreateReadStreamAsync());
        Assert.Equal("demo@example.com", document.RootElement.GetProperty("Email").GetString());
        var session = document.RootElement.GetProperty("Sessions")[0];
        Assert.Contains("Chrome/142", session.GetProperty("UserAgent").GetString(), StringComparison.Ordinal);
        Assert.False(session.TryGetProperty("KeyDigest", out _));
        Assert.Contains(document.RootElement.GetProperty("LoginHistory").EnumerateArray(), row => row.GetProperty("Kind").GetString() == SessionEventKind.SignedIn);
    }
}
