using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests.Templates;

/// <summary>In the Blazor template as it is.</summary>
[Collection(BlazorTemplateApp.Name)]
public sealed class BlazorTemplatePagesTests(BlazorTemplate app) : BlazorPagesTests(app, "blazor");

/// <summary>In the Blazor template whose router lives in a circuit.</summary>
public sealed class AllInteractivePagesTests(AllInteractiveTemplate app) : BlazorPagesTests(app, "blazor-ai"), IClassFixture<AllInteractiveTemplate>;

/// <summary>In the Blazor template with a project for the browser.</summary>
public sealed class AutoPagesTests(AutoTemplate app) : BlazorPagesTests(app, "blazor-auto"), IClassFixture<AutoTemplate>
{
    private const string Reason = "You were signed out of this device, because you signed out everywhere else from another one.";

    private readonly AutoTemplate _app = app;

    [Fact]
    public async Task A_page_that_runs_on_the_server_ends_with_its_session()
    {
        const string email = "server@example.com";
        await using var person = await _app.VisitAsync();
        await using var other = await _app.VisitAsync();
        await person.BeginAsync(email);
        await other.SignInAsync(email);
        await person.CountOnServerAsync(email);

        await other.EndOthersAsync();

        await person.ExpectLoginPageAsync();
        await Expect(person.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(Reason);
    }

    [Fact]
    public async Task A_page_in_the_browser_goes_on_until_it_asks_the_server_and_then_its_person_reads_why()
    {
        const string email = "browser@example.com";
        await using var person = await _app.VisitAsync();
        await using var other = await _app.VisitAsync();
        await person.BeginAsync(email);
        await other.SignInAsync(email);
        await person.OpenInBrowserAsync(email);
        await person.AskAsync("200 /me");

        await other.EndOthersAsync();

        await person.Button("Click me").ClickAsync();
        await person.ExpectCountAsync($"browser, {email}", 1);
        await person.AskAsync("401 /me");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "To the account" }).ClickAsync();
        await person.ExpectLoginPageAsync();
        await Expect(person.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(Reason);
    }
}

/// <summary>The pages of Sessions within the pages of the Blazor template, in a real browser.</summary>
[Trait("Category", "Templates")]
public abstract class BlazorPagesTests(BlazorTemplate app, string name)
{
    private const string DevicesPath = "/Account/Manage/Devices";

    [Fact]
    public async Task A_device_is_signed_out_from_the_templates_own_menu_and_reads_why_on_its_login_page()
    {
        const string email = "devices@example.com";
        await using var person = await app.VisitAsync();
        await using var other = await app.VisitAsync();
        await person.BeginAsync(email);
        await other.SignInAsync(email);
        await other.Page.GotoAsync("about:blank"); // ends its circuit, which else may load a page of its own while the test does
        await person.CountAsync(email);
        await person.Page.GetByRole(AriaRole.Link, new() { Name = email }).ClickAsync();
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Devices", Exact = true }).ClickAsync();

        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Manage your account" })).ToBeVisibleAsync();
        await Expect(person.Page.Locator(".sessions-item")).ToHaveCountAsync(2);
        await LookAsync(person.Page, "devices");
        await ConfirmAsync(person.Page.Locator(".sessions-item").Nth(1));

        await Expect(person.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("on Linux was signed out.");
        await other.Page.GotoAsync("/Account/Manage");
        await other.ExpectLoginPageAsync();
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("You were signed out of this device from another one.");
        Assert.Equal(["password - RevokedByUser", "password - live"], (await app.SessionsOfAsync(email)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_history_is_filtered_and_downloaded()
    {
        const string email = "history@example.com";
        await using var person = await app.VisitAsync();
        await person.BeginAsync(email);
        await person.Page.GotoAsync(DevicesPath);
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Show the whole login history" }).ClickAsync();

        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Name = "Login history" })).ToBeVisibleAsync();
        await LookAsync(person.Page, "history");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Failed attempts" }).ClickAsync();
        await Expect(person.Page.Locator(".sessions-empty")).ToBeVisibleAsync();
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "All", Exact = true }).ClickAsync();
        var file = await person.Page.RunAndWaitForDownloadAsync(() => person.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());

        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("SignedIn", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_JavaScript_everything_else_is_signed_out_all_the_same()
    {
        const string email = "plain@example.com";
        await using var person = await app.VisitAsync(new() { JavaScriptEnabled = false });
        await using var other = await app.VisitAsync();
        await person.BeginAsync(email);
        await other.SignInAsync(email);
        await person.Page.GotoAsync(DevicesPath);

        await ConfirmAsync(person.Page.Locator(".sessions-summary"));

        await Expect(person.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("One other device was signed out. You are still signed in here.");
        Assert.Equal(["password - RevokedEverywhereElse", "password - live"], (await app.SessionsOfAsync(email)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Anothers_session_is_not_found_and_a_form_without_a_token_is_refused()
    {
        const string email = "victim@example.com";
        await using var victim = await app.VisitAsync();
        await using var thief = await app.VisitAsync();
        await victim.BeginAsync(email);
        await thief.BeginAsync("thief@example.com");
        await using var second = await app.VisitAsync();
        await second.SignInAsync("thief@example.com");
        await victim.Page.GotoAsync(DevicesPath);
        var id = (await victim.Page.Locator(".sessions-item").GetAttributeAsync("data-session"))!;
        await thief.Page.GotoAsync(DevicesPath);
        var token = await thief.Page.Locator("form.sessions-sign-out input[name=__RequestVerificationToken]").First.InputValueAsync();

        Assert.Equal(404, await PostAsync(thief.Page, id, token));
        Assert.Equal(400, await PostAsync(thief.Page, id, token: null));
        Assert.Equal(["password - live"], await app.SessionsOfAsync(email));
    }

    [Fact]
    public async Task Who_follows_a_link_that_needs_confirmed_access_confirms_by_password_or_passkey_and_goes_on()
    {
        const string email = "confirm@example.com";
        await using var person = await app.VisitAsync();
        await person.HavePasskeysAsync();
        await person.BeginAsync(email);
        await person.AddPasskeyAsync();
        await app.AgeAsync(email);
        await FollowAsync(person.Page);

        await person.Page.GetByLabel("Password").FillAsync("wrong");
        await person.Button("Confirm").ClickAsync();
        await Expect(person.Page.GetByText("That password is not right. Please try again.")).ToBeVisibleAsync();
        await LookAsync(person.Page, "confirm-access");
        await person.Page.GetByLabel("Password").FillAsync(TemplateVisitor.Password);
        await person.Button("Confirm").ClickAsync();
        await Expect(person.Page.Locator(".secret")).ToBeVisibleAsync();

        await person.SignOutAsync();
        await person.SignInAsync(email);
        await app.AgeAsync(email);
        await FollowAsync(person.Page);
        await person.Button("Use a passkey").ClickAsync();
        await Expect(person.Page.Locator(".secret")).ToBeVisibleAsync();
    }

    private static async Task FollowAsync(IPage page)
    {
        await page.GotoAsync("/live");
        await page.GetByRole(AriaRole.Link, new() { Name = "To the secret" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Confirm access" })).ToBeVisibleAsync();
    }

    // Opens the question and says yes.
    private static async Task ConfirmAsync(ILocator where)
    {
        await where.Locator(".sessions-question > summary").ClickAsync();
        await where.Locator(".sessions-sign-out button").ClickAsync();
    }

    private static async Task<int> PostAsync(IPage page, string id, string? token)
    {
        var form = page.APIRequest.CreateFormData().Set("id", id);
        if (token is not null)
        {
            form.Set("__RequestVerificationToken", token);
        }

        return (await page.APIRequest.PostAsync($"{DevicesPath}?handler=SignOut", new() { Form = form })).Status;
    }

    // On a desktop and on a phone: it fits, and axe finds nothing in what is ours.
    private async Task LookAsync(IPage page, string what)
    {
        foreach (var (size, width) in new[] { ("desktop", 1280), ("phone", 390) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots.Folder, $"{name}-{what}-{size}.png"), FullPage = true });
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        }

        await page.SetViewportSizeAsync(1280, 900);
        Assert.Empty((await page.Locator(".sessions").RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
    }
}
