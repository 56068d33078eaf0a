using Sessions.Tests.Templates;

namespace Sessions.IntegrationTests.Templates;

/// <summary>A template with Identity's default pages. Somebody is signed in on two devices before Sessions is installed.</summary>
public abstract class StockPagesApp(string template) : TemplateApp(template, "app.db")
{
    /// <summary>Somebody who was signed in before the install, on two devices.</summary>
    internal const string Early = "early@example.com";

    internal Browser Laptop { get; private set; } = null!;

    internal Browser Phone { get; private set; } = null!;

    internal Browser NewBrowser() => new(Address);

    private protected override async Task BeforeInstallAsync()
    {
        await BuildAsync();
        await using var stock = await StartAsync();
        (Laptop, Phone) = (new Browser(stock.Address), new Browser(stock.Address));
        await Laptop.RegisterAsync(Early);
        Assert.True(await Laptop.SignInAsync(Early));
        Assert.True(await Phone.SignInAsync(Early));
    }

    private protected override Task AfterInstallAsync()
    {
        (Laptop, Phone) = (new Browser(Address, Laptop.Cookies), new Browser(Address, Phone.Cookies));
        return Task.CompletedTask;
    }
}

public sealed class WebAppTemplate() : StockPagesApp("webapp");

public sealed class MvcTemplate() : StockPagesApp("mvc");
