using System.Net;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Blazor;

/// <summary>Our pages among those of a Blazor app: in whose layout they stand, and what goes before them.</summary>
public sealed class BlazorPageTests
{
    [Theory]
    [InlineData("/Account/Manage/Devices")]
    [InlineData("/Account/Manage/Devices/History")]
    public async Task Stand_in_the_layout_of_the_apps_own_Manage_pages(string path)
    {
        await using var host = await PageHost.StartAsync(new FakeSessions(), PageKind.Blazor);

        var page = await host.ReadAsync(path);

        Assert.NotNull(page.QuerySelector(".host-main > .host-manage > .sessions"));
        Assert.Single(page.QuerySelectorAll(".host-main"));
        Assert.Equal("Manage your account", Assert.Single(page.QuerySelectorAll("h1")).TextContent);
        Assert.Equal("Devices", page.QuerySelector(".host-menu a.active")?.TextContent);
        Assert.Equal("False", page.Body!.GetAttribute("data-interactive")); // no circuit takes the page over
    }

    [Fact]
    public async Task Stand_in_the_routers_default_layout_where_the_app_has_no_Manage_pages()
    {
        await using var host = await PageHost.StartAsync(
            new FakeSessions(), PageKind.Blazor, endpoints => BlazorHost.Map(endpoints).Move("/Account/Manage", "/Elsewhere"));

        var page = await host.ReadAsync(host.DevicesPath);

        Assert.NotNull(page.QuerySelector(".host-main > .sessions"));
        Assert.Equal("Your devices", page.QuerySelector("h1")?.TextContent);
        Assert.Equal("Recent activity", page.QuerySelectorAll("h2")[^1].TextContent);
    }

    [Fact]
    public async Task Stand_in_the_layout_that_the_app_names()
    {
        await using var host = await PageHost.StartAsync(new FakeSessions(), PageKind.Blazor, endpoints => BlazorHost.Map(endpoints, typeof(OtherLayout)));

        var page = await host.ReadAsync(host.DevicesPath);

        Assert.NotNull(page.QuerySelector(".host-other > .sessions"));
        Assert.Null(page.QuerySelector(".host-main"));
    }

    [Fact]
    public async Task A_page_of_the_apps_own_at_the_same_address_goes_first()
    {
        await using var host = await PageHost.StartAsync(new FakeSessions(), PageKind.Blazor, endpoints =>
        {
            BlazorHost.Map(endpoints);
            endpoints.MapGet("/Account/Manage/Devices", () => "the app's own");
        });

        var own = await host.Client.GetStringAsync(host.DevicesPath);
        var ours = await host.ReadAsync(host.HistoryPath);

        Assert.Equal("the app's own", own);
        Assert.NotNull(ours.QuerySelector(".sessions"));
    }

    [Fact]
    public async Task Go_before_what_takes_any_address()
    {
        await using var host = await PageHost.StartAsync(new FakeSessions(), PageKind.Blazor, endpoints =>
        {
            BlazorHost.Map(endpoints);
            endpoints.MapFallback(() => "the fallback");
            endpoints.MapGet("/Account/Manage/{section}", (string section) => $"the app's {section}");
        });

        Assert.NotNull((await host.ReadAsync(host.DevicesPath)).QuerySelector(".sessions"));
        Assert.Equal("the app's other", await host.Client.GetStringAsync("/Account/Manage/other"));
        Assert.Equal("the fallback", await host.Client.GetStringAsync("/elsewhere"));
    }

    [Fact]
    public async Task A_post_with_its_token_in_the_header_and_no_form_signs_nothing_out()
    {
        await using var host = await PageHost.StartAsync(new FakeSessions(), PageKind.Blazor);
        var token = (await host.ReadAsync(host.DevicesPath)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.DevicesPath}?handler=SignOut");
        request.Headers.Add("RequestVerificationToken", token);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_that_no_page_of_ours_has_is_refused()
    {
        await using var host = await PageHost.StartAsync(new FakeSessions(), PageKind.Blazor);

        using var answer = await host.PostAsync("Nonsense");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_without_a_token_is_refused_before_the_apps_page_for_errors_could_trip_over_it()
    {
        await using var host = await PageHost.StartAsync(new FakeSessions(), PageKind.Blazor, endpoints =>
        {
            ((IApplicationBuilder)endpoints).UseStatusCodePagesWithReExecute("/Account/Login");
            BlazorHost.Map(endpoints);
        });
        await host.ReadAsync(host.DevicesPath);

        using var answer = await host.Client.PostAsync($"{host.DevicesPath}?handler=SignOutOthers", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("The form has no valid antiforgery token.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
