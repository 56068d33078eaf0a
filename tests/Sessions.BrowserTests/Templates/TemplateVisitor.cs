using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests.Templates;

/// <summary>A person at a browser on the account pages of the Blazor template.</summary>
internal sealed partial class TemplateVisitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    public const string Password = "Pa55-word!";

    private const string LoginPath = "/Account/Login";

    public IPage Page => page;

    /// <summary>Gives the browser an authenticator of its own, whose user is always there and always agrees.</summary>
    public async Task HavePasskeysAsync()
    {
        // The login page offers a passkey by itself where the browser can: here only the button does.
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        await Passkeys.HaveAuthenticatorAsync(page);
    }

    public async Task RegisterAsync(string email)
    {
        await page.GotoAsync("/Account/Register");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Confirm Password").FillAsync(Password);
        await Button("Register").ClickAsync();
        await ConfirmAsync();
    }

    public async Task ConfirmAsync()
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Click here to confirm your account" }).ClickAsync();
        await Expect(page.GetByText("Thank you for confirming your email.")).ToBeVisibleAsync();
    }

    public async Task TryPasswordAsync(string email, string password)
    {
        await page.GotoAsync(LoginPath);
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Button("Log in").ClickAsync();
    }

    public async Task AddPasskeyAsync()
    {
        await page.GotoAsync("/Account/Manage/Passkeys");
        await Button("Add a new passkey").ClickAsync();
        await page.GetByLabel("Passkey name").FillAsync("My laptop");
        await Button("Continue").ClickAsync();
        await Expect(page.GetByText("My laptop")).ToBeVisibleAsync();
    }

    public async Task DeletePasskeyAsync()
    {
        await page.GotoAsync("/Account/Manage/Passkeys");
        await Button("Delete").ClickAsync();
        await Expect(page.GetByText("No passkeys are registered.")).ToBeVisibleAsync();
    }

    public async Task TryPasskeyAsync()
    {
        await page.GotoAsync(LoginPath);
        await Button("Log in with a passkey").ClickAsync();
    }

    /// <summary>Goes to the provider and says there who they are, and that the app may know.</summary>
    public async Task ComeByProviderAsync(string email)
    {
        await page.GotoAsync(LoginPath);
        await Button("Example ID").ClickAsync();
        await page.GetByLabel("Email").FillAsync(email);
        await Button("Allow").ClickAsync();
    }

    public async Task RegisterByProviderAsync(string email)
    {
        await ComeByProviderAsync(email);
        await Expect(page.GetByText("Associate your Example ID account.")).ToBeVisibleAsync();
        await page.GetByLabel("Email").FillAsync(email);
        await Button("Register").ClickAsync();
        await ConfirmAsync();
    }

    public async Task SignOutAsync()
    {
        await Button("Logout").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Login" })).ToBeVisibleAsync();
    }

    /// <summary>Counts on the page with a circuit: it is alive.</summary>
    public async Task CountAsync(string name)
    {
        await page.GotoAsync("/live");
        await ExpectCountAsync(name, 0);
        await ClickUntilCountedAsync();
    }

    /// <summary>Counts on the page that runs anywhere, where it begins on a circuit.</summary>
    public async Task CountOnServerAsync(string name)
    {
        await page.GotoAsync("/anywhere");
        await ExpectCountAsync($"server, {name}", 0);
        await ClickUntilCountedAsync();
        await Expect(page.Locator(".live")).ToContainTextAsync("server");
    }

    /// <summary>Opens the page that runs anywhere until it does so in the browser, which loads what it needs for it at the first visit.</summary>
    public async Task OpenInBrowserAsync(string name)
    {
        for (var visits = 1; ; visits++)
        {
            Assert.True(visits < 60, "The page does not run in the browser.");
            await page.GotoAsync("/anywhere");
            var began = Expect(page.Locator(".live")).ToHaveTextAsync($"browser, {name}: 0", new() { Timeout = 5_000 });
            await Task.WhenAny(began);
            if (began.IsCompletedSuccessfully)
            {
                return;
            }
        }
    }

    /// <summary>Asks the server from the page that runs anywhere.</summary>
    public async Task AskAsync(string answer)
    {
        await Button("Ask the server").ClickAsync();
        await Expect(page.Locator(".answer")).ToHaveTextAsync(answer);
    }

    public async Task<int> CountedAsync() =>
        int.Parse((await page.Locator(".live").TextContentAsync())!.Split(": ")[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Lets Blazor close the circuit and keep what it was, to be resumed.</summary>
    public async Task PauseAsync() => Assert.True(await page.EvaluateAsync<bool>("() => Blazor.pauseCircuit()"));

    /// <summary>Resumes it as the template's own button does.</summary>
    public Task ResumeAsync() => page.EvaluateAsync("async () => { if (!await Blazor.resumeCircuit()) location.reload(); }");

    public Task ExpectCountAsync(string name, int count) => Expect(page.Locator(".live")).ToHaveTextAsync($"{name}: {count}");

    public Task ExpectNothingOfAsync(string name) => Expect(page.GetByText(name)).ToHaveCountAsync(0);

    public Task EndOthersAsync() => page.EvaluateAsync("async () => (await fetch('/end-others', { method: 'POST' })).status");

    public Task ExpectLoginPageAsync() => Expect(page).ToHaveURLAsync(LoginAddress());

    /// <summary>Registers, and signs in.</summary>
    public async Task BeginAsync(string email)
    {
        await RegisterAsync(email);
        await SignInAsync(email);
    }

    public async Task SignInAsync(string email)
    {
        await TryPasswordAsync(email, Password);
        await ExpectSignedInAsync();
    }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<TemplateVisitor> OpenTabAsync() => new(context, await context.NewPageAsync());

    public Task ExpectSignedInAsync() => Expect(Button("Logout")).ToBeVisibleAsync();

    public Task ExpectRefusedAsync() => Expect(page.GetByText("Error: Invalid login attempt.")).ToBeVisibleAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task ClickUntilCountedAsync()
    {
        for (var clicks = 1; (await page.Locator(".live").TextContentAsync())!.EndsWith(": 0", StringComparison.Ordinal); clicks++)
        {
            // Until the circuit is there, a click goes nowhere.
            Assert.True(clicks < 600, "The circuit did not start.");
            await Button("Click me").ClickAsync();
            await Task.WhenAny(Expect(page.Locator(".live")).Not.ToHaveTextAsync(ZeroCount(), new() { Timeout = 100 }));
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(": 0$")]
    private static partial System.Text.RegularExpressions.Regex ZeroCount();

    [System.Text.RegularExpressions.GeneratedRegex("/Account/Login")]
    private static partial System.Text.RegularExpressions.Regex LoginAddress();
}
