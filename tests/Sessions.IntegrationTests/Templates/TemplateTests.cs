namespace Sessions.IntegrationTests.Templates;

/// <summary>
/// The real templates on a real port. They take minutes: leave them out with
/// <c>dotnet test --filter "Category!=Templates"</c>.
/// </summary>
[Trait("Category", "Templates")]
public abstract class TemplateTests<TTemplate>(TTemplate app) : IClassFixture<TTemplate>
    where TTemplate : StockPagesApp
{
    private const string OfUser = """FROM AspNetUserSessions s JOIN AspNetUsers u ON u.Id = s.UserId WHERE u.Email = $email ORDER BY s.Id""";
    private const string EventsOfUser = """FROM AspNetSessionEvents e LEFT JOIN AspNetUsers u ON u.Id = e.UserId WHERE u.Email = $email OR e.Identity = $email ORDER BY e.Id""";

    [Fact(Timeout = 120_000)]
    public async Task Its_migration_makes_the_tables() => Assert.Equal(
        ["AspNetSessionEvents", "AspNetSessionLeases", "AspNetUserSessions"],
        await app.QueryAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'AspNet%Session%' ORDER BY name"));

    [Fact(Timeout = 120_000)]
    public async Task People_who_were_signed_in_before_get_one_session_a_device_and_no_sign_in_event()
    {
        // On a slow machine the first request of a cold app outlasts the time that tracking may take.
        using var somebody = app.NewBrowser();
        await somebody.RegisterAsync("somebody@example.com");
        await somebody.SignInAsync("somebody@example.com");
        using var oldLaptop = app.Laptop.Copy();
        var burst = Enumerable.Range(0, 20).Select(_ => app.Laptop.Copy()).ToList();

        var passed = await Task.WhenAll(burst.Select(browser => browser.IsSignedInAsync()));
        Assert.All(passed, Assert.True);
        var adopted = await app.QueryAsync($"SELECT s.IsAdopted {OfUser}", StockPagesApp.Early);
        Assert.True(adopted is ["1"], $"{adopted.Count} rows were made. {app.Log}");
        Assert.True(await app.Phone.IsSignedInAsync());
        Assert.True(await app.Laptop.IsSignedInAsync());
        Assert.Equal(2, (await app.QueryAsync($"SELECT s.Id {OfUser}", StockPagesApp.Early)).Count);
        Assert.Empty(await app.QueryAsync($"SELECT e.Kind {EventsOfUser}", StockPagesApp.Early));

        await app.Laptop.SignOutAsync();

        Assert.False(await oldLaptop.IsSignedInAsync());
        Assert.True(await app.Phone.IsSignedInAsync());
        Assert.Equal(["SignedOut"], await app.QueryAsync($"SELECT e.Kind {EventsOfUser}", StockPagesApp.Early));
        burst.ForEach(browser => browser.Dispose());
    }

    [Fact(Timeout = 120_000)]
    public async Task The_stock_pages_sign_in_fail_and_sign_out_and_a_copied_cookie_is_refused()
    {
        const string email = "ada@example.com";
        using var laptop = app.NewBrowser();
        using var phone = app.NewBrowser();
        await laptop.RegisterAsync(email);

        Assert.False(await phone.SignInAsync(email, "wrong"));
        Assert.True(await laptop.SignInAsync(email));
        Assert.True(await phone.SignInAsync(email));
        using var copy = laptop.Copy();
        Assert.True(await copy.IsSignedInAsync());
        await laptop.SignOutAsync();

        Assert.False(await copy.IsSignedInAsync());
        Assert.True(await phone.IsSignedInAsync());
        Assert.Equal(["SignedOut", ""], await app.QueryAsync($"SELECT s.EndReason {OfUser}", email));
        Assert.Equal(["SignInFailed", "SignedIn", "SignedIn", "SignedOut"], await app.QueryAsync($"SELECT e.Kind {EventsOfUser}", email));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_devices_page_shows_both_devices_and_signs_the_other_out()
    {
        const string email = "grace@example.com";
        using var laptop = app.NewBrowser();
        using var phone = app.NewBrowser();
        await laptop.RegisterAsync(email);
        Assert.True(await laptop.SignInAsync(email));
        Assert.True(await phone.SignInAsync(email));
        Assert.Contains("href=\"/Identity/Account/Devices\"", await laptop.ReadAsync("/Identity/Account/Manage"), StringComparison.Ordinal);

        var devices = await laptop.DevicesAsync();
        Assert.Equal([true, false], devices.Select(device => device.IsCurrent));
        Assert.All(devices, device => Assert.StartsWith("Chrome 142 on Windows", device.Name, StringComparison.Ordinal));
        await laptop.SignOutDeviceAsync(devices[1].Id);

        Assert.False(await phone.IsSignedInAsync());
        Assert.True(await laptop.IsSignedInAsync());
        Assert.True(Assert.Single(await laptop.DevicesAsync()).IsCurrent);
        Assert.Equal(["", "RevokedByUser"], (await app.QueryAsync($"SELECT s.EndReason {OfUser}", email)));
        Assert.Equal(["SignedIn", "SignedIn", "Revoked"], await app.QueryAsync($"SELECT e.Kind {EventsOfUser}", email));
    }
}

public sealed class WebAppTemplateTests(WebAppTemplate app) : TemplateTests<WebAppTemplate>(app);

public sealed class MvcTemplateTests(MvcTemplate app) : TemplateTests<MvcTemplate>(app);
