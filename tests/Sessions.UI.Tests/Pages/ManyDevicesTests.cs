using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Pages;

/// <summary>The devices page of somebody whom no cap keeps from having very many sessions, as a job has that signs in every minute.</summary>
public sealed class ManyDevicesTests
{
    private const string Devices = "/Identity/Account/Devices";
    private const int MostListed = 500;

    [Fact]
    public async Task It_lists_five_hundred_of_them_this_one_first_and_the_others_by_their_last_activity()
    {
        await using var app = await StartAsync();
        var device = await SignedInBesideAsync(app, copies: 520);

        var page = await LimitApp.ReadAsync(await device.NavigateAsync(Devices));

        var listed = Listed(page);
        Assert.Equal(MostListed, listed.Length);
        Assert.Empty(page.QuerySelector(".sessions-count")!.TextContent.Trim()); // there are more
        Assert.Equal(await device.SessionIdAsync(), listed[0]);
        var expected = (await app.App.SessionsAsync()).OrderByDescending(row => row.LastSeenAt).Take(MostListed).Select(row => row.Id.ToString());
        Assert.Equal(expected.Order(), listed.Order());
    }

    [Fact]
    public async Task It_lists_this_one_first_however_many_others_were_active_since()
    {
        await using var app = await StartAsync();
        var device = await SignedInBesideAsync(app, copies: 500, secondsApart: -1);

        var listed = Listed(await LimitApp.ReadAsync(await device.NavigateAsync(Devices)));

        Assert.Equal(MostListed, listed.Length);
        Assert.Equal(await device.SessionIdAsync(), listed[0]);
    }

    [Fact]
    public async Task Signing_out_everywhere_else_ends_those_too_that_are_not_listed()
    {
        await using var app = await StartAsync();
        var device = await SignedInBesideAsync(app, copies: 520);
        var page = await LimitApp.ReadAsync(await device.NavigateAsync(Devices));

        using var answer = await device.NavigateAsync($"{Devices}?handler=SignOutOthers", LimitApp.Form(page, "form[action*=SignOutOthers]"));

        Assert.Equal([await device.SessionIdAsync()], await app.LiveAsync());
        var after = await LimitApp.ReadAsync(await device.NavigateAsync(Devices));
        Assert.Contains("520 other devices were signed out.", after.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);
        Assert.Single(Listed(after));
    }

    private static string[] Listed(IDocument page) => [.. page.QuerySelectorAll("li[data-session]").Select(item => item.GetAttribute("data-session")!)];

    private static Task<LimitApp> StartAsync() => LimitApp.StartAsync(total: null, options: options => options.MaxSessionsPerUser = null);

    // The others were seen before it, each a little longer ago, or after it.
    private static async Task<Device> SignedInBesideAsync(LimitApp app, int copies, int secondsApart = 1)
    {
        await app.App.CreateUserAsync();
        var device = await app.SignedInAsync();
        var own = Assert.Single(await app.App.SessionsAsync()).Id;
        await app.App.CopySessionAsync(copies);
        await app.App.InDatabaseAsync(async db =>
        {
            var ago = 0;
            foreach (var row in await db.Set<IdentityUserSession<string>>().Where(row => row.Id != own).OrderBy(row => row.Id).ToListAsync())
            {
                row.LastSeenAt -= TimeSpan.FromSeconds(++ago * secondsApart);
            }

            return await db.SaveChangesAsync();
        });
        return device;
    }
}
