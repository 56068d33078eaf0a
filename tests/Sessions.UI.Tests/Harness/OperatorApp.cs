using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.UI.Tests.Harness;

/// <summary>An app with Identity's default UI whose operators are those of one name.</summary>
internal sealed class OperatorApp : IAsyncDisposable
{
    public const string Policy = "operators";
    public const string Path = "/Identity/Sessions";
    public const string Operator = "op@example.com";

    private OperatorApp(TestApp app) => App = app;

    public TestApp App { get; }

    /// <summary>The operator's browser.</summary>
    public Device Desk { get; private set; } = default!;

    public static async Task<OperatorApp> StartAsync(Action<UserSessionOptions>? options = null, bool hasPolicy = true, Action<TestAppSetup>? configure = null)
    {
        var app = new OperatorApp(await TestApp.StartAsync(setup =>
        {
            setup.Options = settings =>
            {
                settings.Administration.Policy = hasPolicy ? Policy : null;
                settings.IpAddressResolver = context => IPAddress.Parse(context.Request.Headers["X-From"] is [{ } from] ? from : "203.0.113.7");
                options?.Invoke(settings);
            };
            setup.ConfigureIdentity = services =>
            {
                services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAssertion(context => context.User.Identity?.Name == Operator));
                services.AddRazorPages().AddApplicationPart(typeof(DevicesModel).Assembly).AddApplicationPart(typeof(OperatorApp).Assembly);
                return services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<TestDb>();
            };
            setup.ConfigureEndpoints = endpoints => endpoints.MapRazorPages();
            configure?.Invoke(setup);
        }));
        await app.App.CreateUserAsync(Operator);
        app.Desk = app.App.NewDevice();
        await app.Desk.SignInAsync(Operator);
        return app;
    }

    public async Task<IDocument> ReadAsync(string path)
    {
        using var answer = await Desk.GetAsync(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await PageHost.ReadAsync(answer);
    }

    /// <summary>Opens a page and sends its form as it is, but for what is typed.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] typed)
    {
        var form = (await ReadAsync(path)).QuerySelector("form[method=post]");
        Assert.NotNull(form);
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? string.Empty);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return await Desk.PostFormAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : path, fields);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
