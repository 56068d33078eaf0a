using System.Net;
using System.Security.Claims;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Badges;

/// <summary>The "Last used" badge on a host's login page, by tag helper and by component.</summary>
public sealed class LastUsedTests
{
    private const string Page = "/last-used";

    public static TheoryData<string> Ways => ["tag helper", "component"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Stands_beside_the_way_that_this_browser_used_last_and_nowhere_else(string way)
    {
        await using var app = await StartAsync();
        await app.CreateUserWithLoginAsync("Google");
        var (byPassword, byGoogle) = (app.NewDevice(), app.NewDevice());
        await byPassword.SignInAsync();
        await byPassword.PostAsync("/signout");
        await byGoogle.PostAsync("/signin-external?provider=Google&key=key-1");
        await byGoogle.PostAsync("/signout");

        Assert.Equal(["password"], await BadgesAsync(byPassword, way));
        Assert.Equal(["Google", "external"], await BadgesAsync(byGoogle, way));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_browser_that_never_signed_in_sees_nothing_and_asks_nothing(string way)
    {
        var commands = new CommandCounter();
        await using var app = await StartAsync(commands);
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();
        commands.Clear();
        var device = app.NewDevice();

        Assert.Empty(await BadgesAsync(device, way));
        Assert.Empty(commands.Texts);
        Assert.Empty(device.Cookies.GetAllCookies());
    }

    [Fact]
    public async Task All_badges_of_a_page_cost_one_look_up_and_set_no_cookie()
    {
        var commands = new CommandCounter();
        await using var app = await StartAsync(commands);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        commands.Clear();

        using var answer = await device.GetAsync(Page);
        var page = await PageHost.ReadAsync(answer);

        Assert.Equal(2, page.QuerySelectorAll(".sessions-last-used").Length);
        Assert.Contains("DeviceId", Assert.Single(commands.Texts), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Tells_the_way_and_never_who()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");

        var page = await ReadAsync(device);

        Assert.All(page.QuerySelectorAll(".sessions-last-used"), badge => Assert.Equal("Last used", badge.TextContent));
        Assert.DoesNotContain("ada", page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_outage_shows_the_page_without_badges()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        await app.InDatabaseAsync(db => db.Database.EnsureDeletedAsync());

        Assert.Equal(HttpStatusCode.OK, (await device.GetAsync(Page)).StatusCode);
        Assert.Empty((await ReadAsync(device)).QuerySelectorAll(".sessions-last-used"));
    }

    private static Task<TestApp> StartAsync(CommandCounter? commands = null) => TestApp.StartAsync(setup =>
    {
        setup.ConfigureContext = (services, database) => services.AddDbContext<TestDb>(options =>
        {
            database.Use(options);
            if (commands is not null)
            {
                options.AddInterceptors(commands);
            }
        });
        setup.ConfigureServices = services =>
            services.AddRazorPages().AddApplicationPart(typeof(DevicesModel).Assembly).AddApplicationPart(typeof(LastUsedTests).Assembly);
        setup.ConfigureEndpoints = endpoints => endpoints.MapRazorPages();
    });

    private static async Task<IDocument> ReadAsync(Device device)
    {
        using var answer = await device.GetAsync(Page);
        return await PageHost.ReadAsync(answer);
    }

    private static async Task<string[]> BadgesAsync(Device device, string way) =>
        [.. (await ReadAsync(device)).QuerySelectorAll($"[data-way='{way}'] li:has(.sessions-last-used)").Select(item => item.GetAttribute("data-for")!)];

    private sealed class CommandCounter : DbCommandInterceptor
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _texts = new();

        public IReadOnlyCollection<string> Texts => _texts;

        public void Clear() => _texts.Clear();

        public override ValueTask<InterceptionResult<System.Data.Common.DbDataReader>> ReaderExecutingAsync(
            System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<System.Data.Common.DbDataReader> result, CancellationToken cancellationToken = default)
        {
            _texts.Enqueue(command.CommandText);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }
    }
}
