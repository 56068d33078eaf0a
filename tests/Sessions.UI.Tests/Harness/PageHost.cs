using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity;

namespace Sessions.UI.Tests.Harness;

/// <summary>The pages in an app that has Razor Pages or Blazor and a signed-in user, but neither Identity's UI nor a database.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app, PageKind kind)
    {
        _app = app;
        DevicesPath = kind is PageKind.Razor ? "/Identity/Account/Devices" : "/Account/Manage/Devices";
        Client = new HttpClient(new CookieContainerHandler(new CookieContainer()) { InnerHandler = app.GetTestServer().CreateHandler() })
        {
            BaseAddress = new Uri("http://localhost"),
        };
    }

    public HttpClient Client { get; }

    public string DevicesPath { get; }

    public string HistoryPath => $"{DevicesPath}/History";

    public static async Task<PageHost> StartAsync(ICurrentUserSessions sessions, PageKind kind = PageKind.Razor, Action<IEndpointRouteBuilder>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddRazorPages().AddApplicationPart(typeof(DevicesModel).Assembly).AddApplicationPart(typeof(PageHost).Assembly);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, SignedIn>("Test", configureOptions: null);
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton(sessions);
        new SessionsUIExtension().AddServices(builder.Services);
        BlazorHost.AddServices(builder.Services);

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        if (map is not null)
        {
            map(app);
        }
        else if (kind is PageKind.Blazor)
        {
            BlazorHost.Map(app);
        }
        else
        {
            app.MapRazorPages();
        }

        await app.StartAsync();
        return new PageHost(app, kind);
    }

    public async Task<IDocument> ReadAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    public static async Task<IDocument> ReadAsync(HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());

    /// <summary>Posts to a handler of the Devices page as its own forms do.</summary>
    public async Task<HttpResponseMessage> PostAsync(string handler, Guid? id = null)
    {
        var page = await ReadAsync(DevicesPath);
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["id"] = id?.ToString() ?? string.Empty,
        };
        return await Client.PostAsync($"{DevicesPath}?handler={handler}", new FormUrlEncodedContent(fields));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class SignedIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "ann"), new Claim(ClaimTypes.NameIdentifier, "1")], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
