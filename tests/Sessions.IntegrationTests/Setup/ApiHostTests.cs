using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>An API without MVC and without Sessions.UI: Identity's own endpoints.</summary>
public sealed class ApiHostTests
{
    private static readonly object _credentials = new { email = "ada@example.com", password = TestApp.Password };

    [Fact]
    public async Task A_sign_in_by_cookie_is_tracked_and_refused_once_it_has_ended()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        using var client = app.NewClient();

        using var signedIn = await client.PostAsJsonAsync(new Uri("/login?useCookies=true", UriKind.Relative), _credentials);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith(".AspNetCore.Identity.Application", StringComparison.Ordinal)).Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await InfoAsync(client, request => request.Headers.Add("Cookie", cookie)));
        await app.InScopeAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<IdentityUser>>();
            return await users.RevokeAllSessionsAsync((await users.FindByNameAsync("ada@example.com"))!);
        });

        Assert.NotEqual(HttpStatusCode.OK, await InfoAsync(client, request => request.Headers.Add("Cookie", cookie)));
        Assert.NotNull(Assert.Single(await app.RowsAsync<PlainDb, IdentityUserSession<string>>()).EndedAt);
        Assert.Equal(2, (await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>()).Count);
        Assert.Empty(app.Warnings);
    }

    [Fact]
    public async Task A_sign_in_by_bearer_token_writes_its_event_and_no_row()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        var user = await app.CreateUserAsync();
        using var client = app.NewClient();

        var (access, _) = await LogInAsync(client);

        Assert.Equal(HttpStatusCode.OK, await InfoAsync(client, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access)));
        Assert.Empty(await app.RowsAsync<PlainDb, IdentityUserSession<string>>());
        var signedIn = Assert.Single(await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>());
        Assert.Equal(
            (SessionEventKind.SignedIn, user.Id, SignInMethod.Password, IdentityConstants.BearerScheme, (Guid?)null),
            (signedIn.Kind, signedIn.UserId, signedIn.SignInMethod, signedIn.Scheme, signedIn.SessionId));
    }

    [Fact]
    public async Task Refreshing_a_bearer_token_works_and_writes_nothing()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        using var client = app.NewClient();
        var (_, refresh) = await LogInAsync(client);

        using var refreshed = await client.PostAsJsonAsync(new Uri("/refresh", UriKind.Relative), new { refreshToken = refresh });

        var (access, _) = await TokensAsync(refreshed);
        Assert.Equal(HttpStatusCode.OK, await InfoAsync(client, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access)));
        Assert.Single(await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>());
        Assert.Empty(await app.RowsAsync<PlainDb, IdentityUserSession<string>>());
    }

    [Fact]
    public async Task A_failed_sign_in_is_in_the_trail()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        using var client = app.NewClient();

        using var failed = await client.PostAsJsonAsync(new Uri("/login", UriKind.Relative), new { email = "ada@example.com", password = "wrong" });

        Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        Assert.Equal(SessionEventKind.SignInFailed, Assert.Single(await app.RowsAsync<PlainDb, IdentitySessionEvent<string>>()).Kind);
    }

    private static Task<HostApp<IdentityUser>> StartAsync(TestDatabase database) => HostApp<IdentityUser>.StartAsync(
        builder =>
        {
            builder.Services.AddDbContext<PlainDb>(database.Use);
            builder.Services.AddIdentityApiEndpoints<IdentityUser>().AddEntityFrameworkStores<PlainDb>().AddSessions();
        },
        typeof(PlainDb),
        app => app.MapIdentityApi<IdentityUser>());

    private static async Task<HttpStatusCode> InfoAsync(HttpClient client, Action<HttpRequestMessage> authenticate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/manage/info");
        authenticate(request);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<(string Access, string Refresh)> LogInAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync(new Uri("/login", UriKind.Relative), _credentials);
        return await TokensAsync(response);
    }

    private static async Task<(string Access, string Refresh)> TokensAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        var tokens = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (tokens.GetProperty("accessToken").GetString()!, tokens.GetProperty("refreshToken").GetString()!);
    }
}
