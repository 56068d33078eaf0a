using System.Net;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Pages;

/// <summary>On a Razor Page.</summary>
public sealed class DevicesRazorPageTests() : DevicesPageTests(PageKind.Razor)
{
    [Fact]
    public async Task Stands_by_itself_in_an_app_without_the_default_UI()
    {
        var page = await Host.ReadAsync(Host.DevicesPath);

        Assert.Equal("Your devices", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("Recent activity", page.QuerySelectorAll("h2")[^1].TextContent);
    }
}

/// <summary>On a Blazor page.</summary>
public sealed class DevicesBlazorPageTests() : DevicesPageTests(PageKind.Blazor);

public abstract class DevicesPageTests(PageKind kind) : IAsyncLifetime
{
    private readonly FakeSessions _sessions = new();
    internal PageHost Host { get; private set; } = default!;

    public async ValueTask InitializeAsync() => Host = await PageHost.StartAsync(_sessions, kind);

    [Fact]
    public async Task A_device_is_signed_out_and_the_page_says_which()
    {
        var answer = await Host.PostAsync("SignOut", People.Phone.Id);
        var page = await Host.ReadAsync(Host.DevicesPath);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("Safari on iPhone was signed out.", page.QuerySelector("[role=status]")?.TextContent);
        Assert.Equal([People.Laptop], _sessions.Live);
    }

    [Fact]
    public async Task The_result_is_told_once()
    {
        await Host.PostAsync("SignOutOthers");
        var first = await Host.ReadAsync(Host.DevicesPath);
        var second = await Host.ReadAsync(Host.DevicesPath);

        Assert.Equal("One other device was signed out. You are still signed in here.", first.QuerySelector("[role=status]")?.TextContent);
        Assert.Null(second.QuerySelector("[role=status]"));
    }

    [Fact]
    public async Task A_foreign_an_unknown_and_the_current_session_are_not_found()
    {
        var unknown = await Host.PostAsync("SignOut", Guid.NewGuid());
        var current = await Host.PostAsync("SignOut", People.Laptop.Id);
        var none = await Host.PostAsync("SignOut");

        Assert.All([unknown, current, none], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Equal(2, _sessions.Live.Count);
    }

    [Theory]
    [InlineData("SignOut")]
    [InlineData("SignOutOthers")]
    public async Task A_change_without_the_antiforgery_token_is_refused(string handler)
    {
        var fields = new FormUrlEncodedContent([new("id", People.Phone.Id.ToString())]);

        var answer = await Host.Client.PostAsync($"{Host.DevicesPath}?handler={handler}", fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(2, _sessions.Live.Count);
    }

    [Fact]
    public async Task Says_that_it_is_unavailable_while_the_registry_is_out_of_reach()
    {
        _sessions.IsDown = true;

        var answer = await Host.Client.GetAsync(Host.DevicesPath);
        var page = await PageHost.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("can't be shown just now", page.QuerySelector("[role=alert]")?.TextContent);
    }

    [Theory]
    [InlineData("SignOut")]
    [InlineData("SignOutOthers")]
    public async Task Says_that_nobody_was_signed_out_when_that_could_not_be_written(string handler)
    {
        _sessions.IsReadOnly = true;

        var answer = await Host.PostAsync(handler, People.Phone.Id);
        var page = await PageHost.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.StartsWith("Nobody was signed out", page.QuerySelector("[role=alert]")?.TextContent);
        Assert.Null(page.QuerySelector("[role=status]"));
    }

    [Fact]
    public async Task Is_stored_nowhere()
    {
        var answer = await Host.Client.GetAsync(Host.DevicesPath);

        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
