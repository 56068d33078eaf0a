using AngleSharp.Dom;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Pages;

/// <summary>The components in a page of the host's own.</summary>
public sealed class ComponentsPageTests : IAsyncLifetime
{
    private readonly FakeSessions _sessions = new();
    private PageHost _host = default!;

    public async ValueTask InitializeAsync() => _host = await PageHost.StartAsync(_sessions);

    [Fact]
    public async Task A_tag_shows_the_persons_own_devices_with_forms_that_post_to_the_Devices_page()
    {
        var tags = (await _host.ReadAsync("/components")).QuerySelector("#tags")!;

        Assert.Equal(2, tags.QuerySelectorAll(".sessions-item").Length);
        Assert.Equal(
            ["/Identity/Account/Devices?handler=SignOutOthers", "/Identity/Account/Devices?handler=SignOut"],
            tags.QuerySelectorAll("form").Select(form => form.GetAttribute("action")));
        Assert.All(tags.QuerySelectorAll("form"), form => Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]")));
        Assert.Single(tags.QuerySelectorAll(".sessions-event"));
        Assert.Empty(tags.QuerySelectorAll("sessions-list, sessions-history"));
    }

    [Fact]
    public async Task A_tag_can_only_show() => Assert.Empty((await _host.ReadAsync("/components")).QuerySelectorAll("#shown form"));

    [Fact]
    public async Task A_component_asks_by_itself()
    {
        var components = (await _host.ReadAsync("/components")).QuerySelector("#components")!;

        Assert.Equal(2, components.QuerySelectorAll(".sessions-item").Length);
        Assert.Single(components.QuerySelectorAll(".sessions-event"));
        Assert.NotNull(components.QuerySelector("svg[role=img]"));
    }

    [Fact]
    public async Task The_hosts_page_stays_while_the_registry_is_out_of_reach()
    {
        _sessions.IsDown = true;

        var page = await _host.ReadAsync("/components");

        Assert.Equal(5, page.QuerySelectorAll("[role=alert]").Length);
        Assert.NotNull(page.QuerySelector("#components"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
