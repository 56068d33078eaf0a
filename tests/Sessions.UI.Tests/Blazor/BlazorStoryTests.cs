using System.Net;
using AngleSharp.Dom;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Blazor;

/// <summary>Our Blazor pages with real accounts and a real registry.</summary>
public sealed class BlazorStoryTests
{
    private const string DevicesPath = "/Account/Manage/Devices";
    private const string LimitPath = "/Account/Devices/Limit";

    [Fact]
    public async Task Who_was_signed_out_reads_why_on_the_apps_login_page_once_and_nowhere_else()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var (device, other) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await device.SignInAsync();
        await other.SignInAsync();
        await PostAsync(device, "SignOutOthers");

        using var refused = await other.NavigateAsync(DevicesPath);
        var manage = await ReadAsync(other, "/Account/Manage");
        var login = await ReadAsync(other, refused.Headers.Location!.PathAndQuery);
        var again = await ReadAsync(other, "/Account/Login");

        Assert.Equal("/Account/Login", refused.Headers.Location.AbsolutePath);
        Assert.Equal("You were signed out of this device, because you signed out everywhere else from another one.", login.QuerySelector("[role=alert]")?.TextContent);
        Assert.Null(again.QuerySelector("[role=alert]"));
        Assert.Null(manage.QuerySelector("[role=alert]"));
        Assert.Equal(["Sessions.Device"], other.Cookies.GetAllCookies().Select(cookie => cookie.Name));
    }

    [Fact]
    public async Task Anothers_session_is_not_found_and_stays()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        await app.CreateUserAsync("eve@example.com");
        var (victim, thief) = (app.NewDevice(), app.NewDevice());
        await victim.SignInAsync();
        await thief.SignInAsync("eve@example.com");

        var answer = await PostAsync(thief, "SignOut", await victim.SessionIdAsync());

        Assert.Equal(HttpStatusCode.NotFound, answer);
        Assert.True(await victim.IsSignedInAsync());
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_is_shown_anything()
    {
        await using var app = await StartAsync();

        using var answer = await app.NewDevice().NavigateAsync(DevicesPath);

        Assert.Equal("/Account/Login", answer.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task The_links_of_a_mail_lead_to_the_Blazor_pages_and_the_report_is_taken_there()
    {
        await using var app = await NoticeApp.StartAsync(kind: PageKind.Blazor);
        await app.App.CreateUserAsync();
        var (thief, link) = await app.IntrudeAsync();
        var person = app.App.NewDevice(Device.SafariOnIPhone);

        var (done, answer) = await NoticeApp.ReportAsync(person, link);
        var (used, over) = await NoticeApp.OpenAsync(person, link);

        Assert.StartsWith("/Account/Devices/NotMe?token=", link, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (done, used));
        Assert.Equal("That device was signed out.", answer.QuerySelector("[role=status]")?.TextContent);
        Assert.NotNull(answer.QuerySelector("a[href='/Identity/Account/ForgotPassword']")); // Identity UI's: the app has no such component
        Assert.Contains("no longer valid", over.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{NoticeApp.Site}{DevicesPath}\"", Assert.Single(app.Mails.Sent).Html, StringComparison.Ordinal);
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task At_the_limit_the_person_chooses_on_the_Blazor_page_and_is_signed_in()
    {
        await using var app = await LimitApp.StartAsync(configure: setup =>
        {
            setup.ConfigureServices = BlazorHost.AddServices;
            var endpoints = setup.ConfigureEndpoints!;
            setup.ConfigureEndpoints = builder =>
            {
                endpoints(builder);
                BlazorHost.Map(builder);
            };
        });
        await app.App.CreateUserAsync();
        var laptop = await app.SignedInAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);

        using var asked = await LimitApp.LoginAsync(phone);
        var page = await ReadAsync(phone, LimitPath);
        var form = LimitApp.Form(page, "form.sessions-limit");
        using var tooFew = await phone.NavigateAsync(LimitPath, form);
        using var done = await phone.NavigateAsync(LimitPath, [.. form, .. LimitApp.Offered(page).Select(id => KeyValuePair.Create("sessions", id))]);
        using var gone = await phone.NavigateAsync(LimitPath);

        Assert.Equal(LimitPath, asked.Headers.Location?.OriginalString);
        Assert.Equal("You are already signed in elsewhere", page.QuerySelector("h1")?.TextContent);
        Assert.NotNull((await PageHost.ReadAsync(tooFew)).QuerySelector("[role=alert]"));
        Assert.Equal("/whoami", done.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.NotNull((await PageHost.ReadAsync(gone)).QuerySelector("[role=alert]"));
        Assert.True(await phone.IsSignedInAsync());
        Assert.False(await laptop.IsSignedInAsync());
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(setup =>
    {
        setup.ConfigureServices = BlazorHost.AddServices;
        setup.ConfigureEndpoints = endpoints => BlazorHost.Map(endpoints);
    });

    private static async Task<IDocument> ReadAsync(Device device, string path)
    {
        using var answer = await device.NavigateAsync(path);
        return await PageHost.ReadAsync(answer);
    }

    private static async Task<HttpStatusCode> PostAsync(Device device, string handler, string? id = null)
    {
        var page = await ReadAsync(device, DevicesPath);
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value")
            ?? await TokenElsewhereAsync(device);
        using var answer = await device.NavigateAsync(
            $"{DevicesPath}?handler={handler}", [new("__RequestVerificationToken", token), new("id", id ?? string.Empty)]);
        return answer.StatusCode;
    }

    // Who has one device only has no form on the page.
    private static async Task<string> TokenElsewhereAsync(Device device) =>
        (await ReadAsync(device, "/Account/ConfirmAccess")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
