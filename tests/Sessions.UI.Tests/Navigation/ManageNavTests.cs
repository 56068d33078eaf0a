using Sessions.UI.Navigation;

namespace Sessions.UI.Tests.Navigation;

public sealed class ManageNavTests
{
    private const string Url = "/Identity/Account/Devices";
    private const string Entry = "<li>Devices</li>";

    [Fact]
    public void The_entry_comes_last_in_the_menu() =>
        Assert.Equal("<ul><li>Profile</li><li>Devices</li></ul>\n", ManageNav.AddEntry("<ul><li>Profile</li></ul>\n", Url, Entry));

    [Fact]
    public void A_menu_that_leads_there_already_stays_as_it_is()
    {
        const string menu = """<ul><li><a class="mine" href="/identity/account/devices">Mine</a></li></ul>""";

        Assert.Equal(menu, ManageNav.AddEntry(menu, Url, Entry));
    }

    [Fact]
    public void A_menu_that_is_no_list_gets_one_after_it() =>
        Assert.Equal("""<div></div><ul class="nav nav-pills flex-column"><li>Devices</li></ul>""", ManageNav.AddEntry("<div></div>", Url, Entry));
}
