using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.UI.Services;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.UI.Tests.Harness;

/// <summary>An app with Identity's default UI, the pages of Sessions, a real database, and a sender of mails that keeps what it is given.</summary>
internal sealed partial class NoticeApp : IAsyncDisposable
{
    public const string Site = "https://app.example.com/base";

    private NoticeApp(TestApp app, CapturingSender mails)
    {
        App = app;
        Mails = mails;
    }

    public TestApp App { get; }

    public CapturingSender Mails { get; }

    public static async Task<NoticeApp> StartAsync(Action<TestAppSetup>? configure = null, Action<UserSessionOptions>? options = null, PageKind kind = PageKind.Razor)
    {
        var mails = new CapturingSender();
        var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = settings =>
            {
                settings.NewDeviceMail.SiteAddress = new Uri(Site);
                settings.IpAddressResolver = _ => IPAddress.Parse("81.2.69.160");
                options?.Invoke(settings);
            };
            setup.ConfigureIdentity = services =>
            {
                services.AddRazorPages().AddApplicationPart(typeof(DevicesModel).Assembly).AddApplicationPart(typeof(NoticeApp).Assembly);
                return services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<TestDb>();
            };
            setup.ConfigureServices = services =>
            {
                services.AddSingleton<IEmailSender>(mails);
                BlazorHost.AddServices(services);
            };
            setup.ConfigureEndpoints = endpoints =>
            {
                endpoints.MapRazorPages();
                if (kind is PageKind.Blazor)
                {
                    BlazorHost.Map(endpoints);
                }
            };
            configure?.Invoke(setup);
        });
        return new NoticeApp(app, mails);
    }

    /// <summary>Somebody else signs in as a person who has signed in before, and the person is told.</summary>
    public async Task<(Device Thief, string Link)> IntrudeAsync(string name = "ada@example.com", Device? from = null)
    {
        await (from ?? App.NewDevice(Device.SafariOnIPhone)).SignInAsync(name);
        var thief = App.NewDevice();
        Assert.Equal("Succeeded", await thief.SignInAsync(name));
        return (thief, LinkIn(await Mails.NextAsync()));
    }

    /// <summary>The link in a mail, as a path below the app.</summary>
    public static string LinkIn(SentMail mail)
    {
        var link = WebUtility.HtmlDecode(Link().Match(mail.Html).Groups[1].Value);
        Assert.StartsWith(Site + "/", link, StringComparison.Ordinal);
        return link[Site.Length..];
    }

    public static async Task<(HttpStatusCode Status, IDocument Page)> OpenAsync(Device device, string link)
    {
        using var answer = await device.GetAsync(link);
        return (answer.StatusCode, await PageHost.ReadAsync(answer));
    }

    /// <summary>Opens the link and sends the form that it shows.</summary>
    public static async Task<(HttpStatusCode Status, IDocument Page)> ReportAsync(Device device, string link)
    {
        var (_, page) = await OpenAsync(device, link);
        var form = page.QuerySelector("form.sessions-not-me");
        Assert.NotNull(form);
        using var answer = await device.PostFormAsync(form.GetAttribute("action")!, FieldsOf(form));
        return (answer.StatusCode, await PageHost.ReadAsync(answer));
    }

    public static Dictionary<string, string> FieldsOf(IElement form) => form.QuerySelectorAll("input")
        .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? string.Empty);

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [GeneratedRegex("href=\"([^\"]*/NotMe[^\"]*)\"")]
    private static partial Regex Link();
}

/// <summary>A mail as the app's sender got it.</summary>
internal sealed record SentMail(string Address, string Subject, string Html);

/// <summary>The app's own sender: it keeps what it is given, or does what the test says.</summary>
internal sealed class CapturingSender : IEmailSender
{
    private readonly ConcurrentQueue<SentMail> _sent = new();
    private int _tries;
    private int _read;

    /// <summary>What happens first to each mail.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public IReadOnlyCollection<SentMail> Sent => _sent;

    public int Tries => Volatile.Read(ref _tries);

    public async Task SendEmailAsync(string email, string subject, string htmlMessage)
    {
        Interlocked.Increment(ref _tries);
        await Before();
        _sent.Enqueue(new SentMail(email, subject, htmlMessage));
    }

    public async Task<SentMail> NextAsync()
    {
        await Eventually.TrueAsync(() => Task.FromResult(_sent.Count > _read), "a mail is sent");
        return _sent.ElementAt(_read++);
    }
}
