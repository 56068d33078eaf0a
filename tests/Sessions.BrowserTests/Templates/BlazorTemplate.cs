using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using Sessions.Tests.Providers;
using Sessions.Tests.Templates;

namespace Sessions.BrowserTests.Templates;

/// <summary>The Blazor template, to which its host has added an external provider, and a browser to walk it with.</summary>
public class BlazorTemplate : TemplateApp
{
    private const string Cookies = ".AddIdentityCookies();";

    private const string Endpoints = "app.MapAdditionalIdentityEndpoints();";

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
        <p class="live"><AuthorizeView>@context.User.Identity!.Name</AuthorizeView>: @count</p>
        <button @onclick="() => count++">Click me</button>
        <a href="secret">To the secret</a>
        @code { private int count; }
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

/// <summary>The tests that share one template app.</summary>
[CollectionDefinition(Name)]
public sealed class BlazorTemplateApp : ICollectionFixture<BlazorTemplate>
{
    public const string Name = "Blazor template";
}
