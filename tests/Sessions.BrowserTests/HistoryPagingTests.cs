using IdentityApp.Data;
using Microsoft.Extensions.DependencyInjection;
using Sessions.BrowserTests.Harness;
using Sessions.Identity;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

public sealed class HistoryPagingTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task The_history_is_read_page_by_page_to_its_end_and_back_to_the_newest()
    {
        await using var visitor = await browser.VisitAsync();
        await WriteFailuresAsync(45);
        await visitor.SignInAsync();

        await visitor.OpenAsync(Visitor.HistoryPath);
        await Expect(visitor.Link("Newest")).ToHaveCountAsync(0);
        await visitor.Link("Older").ClickAsync();
        await Expect(visitor.Link("Newest")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator(".sessions-event")).ToHaveCountAsync(25);
        await visitor.Link("Older").ClickAsync();
        await visitor.Link("Older").ClickAsync();
        await Expect(visitor.Link("Older")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".sessions-event").Last).ToContainTextAsync("Chrome on Linux");
        await visitor.Link("Newest").ClickAsync();
        await Expect(visitor.Page.Locator(".sessions-event").First).ToContainTextAsync("This session");
    }

    private Task WriteFailuresAsync(int count) => browser.WithServicesAsync(async services =>
    {
        var db = services.GetRequiredService<AppDb>();
        foreach (var number in Enumerable.Range(1, count))
        {
            var at = DateTimeOffset.UtcNow.AddMinutes(-number);
            db.Add(new IdentitySessionEvent<string>
            {
                Id = Guid.CreateVersion7(at),
                Kind = SessionEventKind.SignInFailed,
                Identity = "demo@example.com",
                FailureReason = SignInFailureReason.WrongPassword,
                OccurredAt = at,
            });
        }

        await db.SaveChangesAsync();
    });
}
