using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using Sessions.Tests.Providers;
using Sessions.Tests.Templates;

namespace Sessions.BrowserTests.Templates;

/// <summary>The Blazor template, to which its host has added an external provider, and a browser to walk it with.</summary>
public class BlazorTemplate : TemplateApp
{
    private const string Cookies = ".AddIdentityCookies();";

    private protected const string Endpoints = "app.MapAdditionalIdentityEndpoints();";

    private const string RenderMode = ".AddInteractiveServerRenderMode()";

    private const string SecretPage = """
        @page "/secret"
        @attribute [Sessions.Identity.ConfirmedAccess]
        @attribute [ExcludeFromInteractiveRouting]
        <p class="secret">What only they may see</p>
        """;

    private const string LivePage = """
        @page "/live"
        @attribute [Microsoft.AspNetCore.Authorization.Authorize]
        @rendermode InteractiveServer
        <p class="live"><AuthorizeView>@context.User.Identity!.Name</AuthorizeView>: @Count</p>
        <button @onclick="() => Count++">Click me</button>
        <a href="secret">To the secret</a>
        @code { [PersistentState] public int Count { get; set; } }
        """;

    private readonly TestBrowser _browser = new();
    private OpenIdProvider? _provider;

    public BlazorTemplate()
        : this([])
    {
    }

    private protected BlazorTemplate(params string[] arguments)
        : base("blazor", "Data/app.db", arguments)
    {
    }

    internal async Task<TemplateVisitor> VisitAsync(BrowserNewContextOptions? options = null)
    {
        // Passkeys belong to a name, not to an address.
        var context = await _browser.OpenAsync($"http://localhost:{Address.Port}", options);
        return new TemplateVisitor(context, await context.NewPageAsync());
    }

    /// <summary>What the registry has of a person: method, provider and how it ended.</summary>
    internal Task<List<string>> SessionsOfAsync(string email) => QueryAsync(
        "SELECT s.SignInMethod || ' ' || coalesce(s.Provider, '-') || ' ' || coalesce(s.EndReason, 'live') FROM AspNetUserSessions s JOIN AspNetUsers u ON u.Id = s.UserId WHERE u.Email = $email ORDER BY s.CreatedAt",
        email);

    /// <summary>What the trail has of everybody since an event: kind, method, provider, identity, reason and whether it is linked to somebody.</summary>
    internal Task<List<string>> TrailAsync() => QueryAsync(
        "SELECT Kind || ' ' || coalesce(SignInMethod, '-') || ' ' || coalesce(Provider, '-') || ' ' || coalesce(Identity, '-') || ' ' || coalesce(FailureReason, '-') || ' ' || CASE WHEN UserId IS NULL THEN 'nobody' ELSE 'linked' END FROM AspNetSessionEvents ORDER BY OccurredAt, Id");

    /// <summary>Lets it be an hour since a person entered their credentials.</summary>
    internal Task AgeAsync(string email) => QueryAsync(
        "UPDATE AspNetUserSessions SET CreatedAt = datetime(CreatedAt, '-1 hour') WHERE UserId IN (SELECT Id FROM AspNetUsers WHERE Email = $email)", email);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _browser.DisposeAsync();
        await base.DisposeAsync();
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    private protected override async Task BeforeInstallAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        await AddToProjectAsync("""<PackageReference Include="Microsoft.AspNetCore.Authentication.OpenIdConnect" Version="10.0.12" />""");
        await AddCodeAsync(Cookies, $$"""

            builder.Services.AddAuthentication().AddOpenIdConnect("ExampleId", "Example ID", options =>
            {
                options.Authority = "{{_provider.Address}}";
                options.RequireHttpsMetadata = false;
                options.ClientId = "{{OpenIdProvider.ClientId}}";
                options.ClientSecret = "{{OpenIdProvider.ClientSecret}}";
                options.ResponseType = "code";
                options.Scope.Add("email");
            });

            // A machine that is slow for a moment is no outage here.
            builder.Services.Configure<Sessions.Identity.UserSessionOptions>(options => options.TrackingTimeout = TimeSpan.FromMinutes(1));
            """);
        await AddFileAsync("Components/Pages/Live.razor", LivePage);
        await AddFileAsync("Components/Pages/Secret.razor", SecretPage);
        await AddCodeAsync(RenderMode, ".AddSessionsPages()");
        await AddBeforeAsync("Components/Account/Shared/ManageNavMenu.razor", "</ul>", "<Sessions.UI.DevicesNavItem />");
        await AddCodeAsync(Endpoints, """

            app.MapPost("/end-others", (Sessions.Identity.ICurrentUserSessions sessions) => sessions.RevokeOthersAsync()).RequireAuthorization();
            """);
    }

    private protected override Task AfterInstallAsync() => _browser.StartAsync();
}

/// <summary>The same with a router that lives in a circuit, as <c>dotnet new blazor -ai</c> makes it.</summary>
public sealed class AllInteractiveTemplate() : BlazorTemplate("-ai");

/// <summary>The same with a project for the browser, as <c>dotnet new blazor -int Auto</c> makes it.</summary>
public sealed class AutoTemplate() : BlazorTemplate("-int", "Auto")
{
    // Says where it runs, and asks the server for something.
    private const string AnywherePage = """
        @page "/anywhere"
        @attribute [Microsoft.AspNetCore.Authorization.Authorize]
        @rendermode InteractiveAuto
        @inject NavigationManager Navigation
        <p class="live">@(OperatingSystem.IsBrowser() ? "browser" : "server"), <AuthorizeView>@context.User.Identity!.Name</AuthorizeView>: @count</p>
        <button @onclick="() => count++">Click me</button>
        <button @onclick="AskAsync">Ask the server</button>
        <p class="answer">@answer</p>
        <a href="Account/Manage">To the account</a>
        @code {
            private int count;
            private string? answer;

            private async Task AskAsync()
            {
                using var http = new HttpClient { BaseAddress = new Uri(Navigation.BaseUri) };
                using var response = await http.GetAsync("me");
                answer = $"{(int)response.StatusCode} {response.RequestMessage!.RequestUri!.AbsolutePath}";
            }
        }
        """;

    private protected override async Task BeforeInstallAsync()
    {
        await base.BeforeInstallAsync();
        await AddFileAsync("../StockApp.Client/Pages/Anywhere.razor", AnywherePage);
        await AddCodeAsync(Endpoints, """

            app.MapGet("/me", (System.Security.Claims.ClaimsPrincipal user) => new { user.Identity!.Name }).RequireAuthorization();
            """);

        // The other templates make a migration. Here it would cost another build, which takes long with a project for the browser.
        RemoveDatabase();
        await AddCodeAsync("var app = builder.Build();", """

            using (var scope = app.Services.CreateScope())
            {
                scope.ServiceProvider.GetRequiredService<ApplicationDbContext>().Database.EnsureCreated();
            }
            """);
    }

    private protected override Task MigrateAsync() => Task.CompletedTask;
}

/// <summary>The tests that share one template app.</summary>
[CollectionDefinition(Name)]
public sealed class BlazorTemplateApp : ICollectionFixture<BlazorTemplate>
{
    public const string Name = "Blazor template";
}
