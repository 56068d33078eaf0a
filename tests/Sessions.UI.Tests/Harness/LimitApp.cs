using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.UI.Tests.Harness;

/// <summary>An app with Identity's own pages that asks who is at the limit of their devices.</summary>
internal sealed class LimitApp(TestApp app) : IAsyncDisposable
{
    public const string ChoicePath = "/Identity/Account/Devices/Limit";
    private const string LoginPath = "/Identity/Account/Login";

    public TestApp App => app;

    public static async Task<LimitApp> StartAsync(
        TestDatabase? database = null, int? total = 1, Action<UserSessionOptions>? options = null, Action<TestAppSetup>? configure = null)
    {
        var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;

            // Many requests at once: no budget runs out by the looks at the clock.
            setup.Time.AutoAdvanceAmount = TimeSpan.FromMicroseconds(1);
            setup.Options = settings =>
            {
                settings.TrackingTimeout = TimeSpan.FromMinutes(1);
                settings.ConcurrentSignIns.Total = total;
                settings.ConcurrentSignIns.AtLimit = SignInLimitAnswer.Ask;
                options?.Invoke(settings);
            };
            setup.ConfigureIdentity = services =>
            {
                services.AddRazorPages().AddApplicationPart(typeof(DevicesModel).Assembly).AddApplicationPart(typeof(LimitApp).Assembly);
                return services.AddDefaultIdentity<IdentityUser>(identity => identity.Lockout.MaxFailedAccessAttempts = 3).AddEntityFrameworkStores<TestDb>();
            };
            setup.ConfigureEndpoints = endpoints =>
            {
                endpoints.MapRazorPages();
                LimitEndpoints.Map(endpoints);
            };
            configure?.Invoke(setup);
        });
        return new LimitApp(app);
    }

    /// <summary>A device that is signed in, below the limit or not: an API is never asked.</summary>
    public async Task<Device> SignedInAsync(string userAgent = Device.ChromeOnWindows, string name = "ada@example.com")
    {
        var device = app.NewDevice(userAgent);
        Assert.Equal("Succeeded", await device.SignInAsync(name));
        return device;
    }

    /// <summary>Sends Identity UI's own login form.</summary>
    public static async Task<HttpResponseMessage> LoginAsync(Device device, string name = "ada@example.com", string returnUrl = "/whoami", bool remember = false)
    {
        var login = $"{LoginPath}?ReturnUrl={Uri.EscapeDataString(returnUrl)}";
        var form = Form(await ReadAsync(await device.NavigateAsync(login)), "form#account");
        form["Input.Email"] = name;
        form["Input.Password"] = TestApp.Password;
        form["Input.RememberMe"] = remember ? "true" : "false";
        return await device.NavigateAsync(login, form);
    }

    /// <summary>Logs in and is asked.</summary>
    /// <returns>The page that asks.</returns>
    public static async Task<IDocument> AskedAsync(Device device, string returnUrl = "/whoami", bool remember = false)
    {
        using var answer = await LoginAsync(device, returnUrl: returnUrl, remember: remember);
        Assert.Equal((HttpStatusCode.Redirect, ChoicePath), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        return await ChoiceAsync(device);
    }

    public static async Task<IDocument> ChoiceAsync(Device device)
    {
        using var answer = await device.NavigateAsync(ChoicePath);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    public static async Task<HttpStatusCode> ChoiceStatusAsync(Device device)
    {
        using var answer = await device.NavigateAsync(ChoicePath);
        return answer.StatusCode;
    }

    public static string[] Offered(IDocument page) => [.. page.QuerySelectorAll(".sessions-choices [data-session]").Select(item => item.GetAttribute("data-session")!)];

    /// <summary>Sends the page's form.</summary>
    public static Task<HttpResponseMessage> GoOnAsync(Device device, IDocument page, params string[] chosen) =>
        device.NavigateAsync(ChoicePath, [.. Form(page, "form.sessions-limit"), .. chosen.Select(id => KeyValuePair.Create("sessions", id))]);

    public static Task<HttpResponseMessage> DeclineAsync(Device device, IDocument page) =>
        device.NavigateAsync(page.QuerySelector("button[formaction]")!.GetAttribute("formaction")!, Form(page, "form.sessions-limit"));

    /// <summary>The ids of the user's live sessions, the oldest first.</summary>
    public async Task<string[]> LiveAsync() =>
        [.. (await app.SessionsAsync()).Where(row => row.EndedAt is null).OrderBy(row => row.CreatedAt).Select(row => row.Id.ToString())];

    /// <summary>What the trail has, in the order of the alphabet: what happens in one transaction has one time.</summary>
    public async Task<string[]> TrailAsync() => [.. (await app.EventsAsync()).Select(row => row.EndReason ?? row.Kind).Order(StringComparer.Ordinal)];

    public static async Task<IDocument> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return await PageHost.ReadAsync(response);
        }
    }

    /// <summary>The fields that a page has filled in.</summary>
    public static Dictionary<string, string> Form(IDocument page, string selector) => page.QuerySelector(selector)!
        .QuerySelectorAll("input[type=hidden]")
        .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? string.Empty);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
