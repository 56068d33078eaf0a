using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Testing;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Mail;

/// <summary>Who is mailed, in what words, with what in it.</summary>
public sealed partial class NewDeviceMailTests
{
    [Fact]
    public async Task Tells_the_device_the_place_the_address_the_time_and_where_to_go()
    {
        await using var app = await NoticeApp.StartAsync(setup => WithPlace(setup));
        await app.App.CreateUserAsync();
        await app.IntrudeAsync();

        var mail = Assert.Single(app.Mails.Sent);
        Assert.Equal(("ada@example.com", "New sign-in to your account"), (mail.Address, mail.Subject));
        Assert.Contains("Chrome 142 on Windows", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Madrid, Spain", mail.Html, StringComparison.Ordinal);
        Assert.Contains("81.2.69.160", mail.Html, StringComparison.Ordinal);
        Assert.Contains("24 November 2026 10:00", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{NoticeApp.Site}/Identity/Account/Devices\"", mail.Html, StringComparison.Ordinal);
        var session = (await app.App.SessionsAsync()).Single(row => row.NoticeKeyDigest is not null);
        Assert.DoesNotContain(session.Id.ToString(), mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(session.NoticeKeyDigest!, mail.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Says_the_same_as_text_to_a_sender_that_takes_both()
    {
        var sent = new TaskCompletionSource<SessionEmail>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await NoticeApp.StartAsync(setup =>
        {
            WithPlace(setup);
            setup.ConfigureServices += services => services.AddSingleton<ISessionEmailSender>(new OwnSender(sent));
        });
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.App.NewDevice().SignInAsync();
        var mail = await sent.Task.WaitAsync(Eventually.Patience);

        foreach (var fact in new[] { "Device: Chrome 142 on Windows", "Place: Madrid, Spain", "IP address: 81.2.69.160", "Signed in with: Password" })
        {
            Assert.Contains(fact, mail.Text, StringComparison.Ordinal);
        }

        var link = WebUtility.HtmlDecode(LinkInHtml().Match(mail.Html).Groups[1].Value);
        Assert.Contains(link, mail.Text.Split(Environment.NewLine));
        Assert.Contains(NoticeApp.Site + "/Identity/Account/Devices", mail.Text.Split(Environment.NewLine));
        Assert.DoesNotContain(link, mail.ToString(), StringComparison.Ordinal);
        Assert.Empty(app.Mails.Sent);
    }

    [Fact]
    public async Task Links_lead_to_the_address_that_the_host_gave_whatever_host_the_request_named()
    {
        await using var app = await NoticeApp.StartAsync(setup => setup.ConfigureApp = host => host.Use((context, next) =>
        {
            context.Request.Host = new HostString("evil.example.net");
            return next(context);
        }));
        await app.App.CreateUserAsync();
        await app.IntrudeAsync();

        Assert.DoesNotContain("evil.example.net", Assert.Single(app.Mails.Sent).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_or_a_geolocator_wrote_is_encoded()
    {
        await using var app = await NoticeApp.StartAsync(setup => WithPlace(setup, city: "<img src=x onerror=alert(1)>"));
        await app.App.CreateUserAsync();
        await app.IntrudeAsync();

        Assert.DoesNotContain("<img", Assert.Single(app.Mails.Sent).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_mailed_of_a_first_or_known_device_or_at_an_unconfirmed_address_or_without_the_option()
    {
        await using var app = await NoticeApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.App.CreateUserAsync("bob@example.com", user => user.EmailConfirmed = false);
        await app.App.CreateUserAsync("cy@example.com");
        var device = app.App.NewDevice();
        await device.SignInAsync();
        await device.SignInAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync("bob@example.com");
        await app.App.NewDevice().SignInAsync("bob@example.com");
        await app.App.NewDevice().SignInAsync("nobody@example.com");
        await app.IntrudeAsync("cy@example.com"); // mails are sent in order: this one comes last
        Assert.Equal("cy@example.com", Assert.Single(app.Mails.Sent).Address);

        var off = await NoticeApp.StartAsync(options: options => options.NewDeviceMail.SiteAddress = null);
        await off.App.CreateUserAsync();
        await off.App.NewDevice().SignInAsync();
        await off.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await off.DisposeAsync(); // what waits is sent before the app is gone
        Assert.Empty(off.Mails.Sent);
    }

    [Fact]
    public async Task A_sign_in_without_a_session_is_mailed_without_a_link_that_could_end_nothing()
    {
        await using var app = await NoticeApp.StartAsync(setup => setup.ConfigureEndpoints += endpoints => endpoints.MapPost(
            "/token", async (HttpContext context, UserManager<IdentityUser> users) => await context.TrackSignInAsync((await users.FindByNameAsync("ada@example.com"))!, "token")));
        await app.App.CreateUserAsync();
        await app.App.NewDevice().SignInAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).PostAsync("/token");

        var mail = await app.Mails.NextAsync();

        Assert.DoesNotContain("NotMe", mail.Html, StringComparison.Ordinal);
        Assert.Contains("change your password and look at the devices", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_maps_no_pages_is_mailed_for_without_links()
    {
        await using var app = await NoticeApp.StartAsync(setup => setup.ConfigureEndpoints = null);
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.App.NewDevice().SignInAsync();

        var mail = await app.Mails.NextAsync();

        Assert.Contains("Chrome 142 on Windows", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_without_words_falls_back_to_English_and_says_so()
    {
        await using var app = await NoticeApp.StartAsync(setup => setup.ConfigureApp = Localized);
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.App.NewDevice().PostAsync("/signin?culture=nl-NL&name=ada@example.com&password=Pa55-word!");

        var mail = await app.Mails.NextAsync();

        Assert.Equal("New sign-in to your account", mail.Subject);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", mail.Html, StringComparison.Ordinal);
        Assert.Contains("24 november 2026 10:00", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE", "Neue Anmeldung bei Ihrem Konto", "<html lang=\"de\" dir=\"ltr\">", "Chrome 142 auf Windows", "Madrid, Spanien", "24. November 2026 10:00")]
    [InlineData("ar-EG", "تسجيل دخول جديد إلى حسابك", "<html lang=\"ar\" dir=\"rtl\">", "على", "إسبانيا", "24 نوفمبر 2026 10:00 ص")]
    public async Task A_person_is_written_to_in_the_language_of_the_sign_in(string culture, string subject, params string[] words)
    {
        await using var app = await NoticeApp.StartAsync(setup => WithPlace(setup));
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.App.NewDevice().PostAsync($"/signin?culture={culture}&name=ada@example.com&password=Pa55-word!");

        var mail = await app.Mails.NextAsync();
        var html = WebUtility.HtmlDecode(mail.Html);

        Assert.Equal(subject, mail.Subject);
        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_with_words_of_its_own_is_asked_in_the_language_of_the_sign_in()
    {
        await using var app = await NoticeApp.StartAsync(setup =>
        {
            setup.ConfigureApp = Localized;
            setup.ConfigureServices += services => services.AddSingleton<IStringLocalizer<SessionsText>, NamedLanguage>();
        });
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.App.NewDevice().PostAsync("/signin?culture=de-DE&name=ada@example.com&password=Pa55-word!");

        Assert.Equal("de-DE Mail.Subject", (await app.Mails.NextAsync()).Subject);
    }

    [Fact]
    public async Task An_app_without_a_real_sender_is_told_once_at_start()
    {
        await using var without = await NoticeApp.StartAsync(setup => setup.ConfigureServices = null);
        await using var with = await NoticeApp.StartAsync();
        await using var off = await NoticeApp.StartAsync(setup => setup.ConfigureServices = null, options => options.NewDeviceMail.SiteAddress = null);

        Assert.Single(WarningsOf(without));
        Assert.Empty(WarningsOf(with));
        Assert.Empty(WarningsOf(off));
    }

    private static IEnumerable<FakeLogRecord> WarningsOf(NoticeApp app) => app.App.Logs.GetSnapshot().Where(line => line.Id.Id is 78 or 79);

    private static void Localized(WebApplication host) =>
        host.UseRequestLocalization(new RequestLocalizationOptions().AddSupportedCultures("en-GB", "de-DE", "nl-NL", "ar-EG").AddSupportedUICultures("en-GB", "de-DE", "nl-NL", "ar-EG").SetDefaultCulture("en-GB"));

    private static void WithPlace(TestAppSetup setup, string city = "Madrid")
    {
        setup.ConfigureApp = Localized;
        setup.ConfigureServices += services => services.AddSingleton<IIpGeolocator>(new FixedPlace(city));
    }

    [GeneratedRegex("href=\"([^\"]*/NotMe[^\"]*)\"")]
    private static partial Regex LinkInHtml();

    private sealed class FixedPlace(string city) : IIpGeolocator
    {
        public ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken) =>
            new(new IpLocation { CountryCode = "ES", Country = "Spain", City = city });
    }

    private sealed class OwnSender(TaskCompletionSource<SessionEmail> sent) : ISessionEmailSender
    {
        public Task SendAsync(SessionEmail email, CancellationToken cancellationToken)
        {
            sent.TrySetResult(email);
            return Task.CompletedTask;
        }
    }

    private sealed class NamedLanguage : IStringLocalizer<SessionsText>
    {
        public LocalizedString this[string name] => new(name, $"{System.Globalization.CultureInfo.CurrentUICulture.Name} {name}");

        public LocalizedString this[string name, params object[] arguments] => this[name];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
