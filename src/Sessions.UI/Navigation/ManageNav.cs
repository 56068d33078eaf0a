namespace Sessions.UI.Navigation;

/// <summary>The menu of Identity UI's Manage pages, and where our entry in it leads.</summary>
internal static class ManageNav
{
    public const string Area = "Identity";

    /// <summary>The name by which Identity UI's layout asks for the menu.</summary>
    public const string ViewName = "_ManageNav";

    /// <summary>The menu itself: Identity UI's, or the app's scaffolded one.</summary>
    public const string OriginalPath = "/Areas/Identity/Pages/Account/Manage/_ManageNav.cshtml";

    /// <summary>Ours, which renders the original and adds an entry.</summary>
    public const string OurPath = "/Areas/Identity/Pages/Account/Devices/_ManageNavWithDevices.cshtml";

    /// <summary>The frame around the Manage pages.</summary>
    public const string LayoutPath = "/Areas/Identity/Pages/Account/Manage/_Layout.cshtml";

    public const string DevicesPage = "/Account/Devices";

    /// <summary>Puts our entry at the end of the menu, unless the app put a link to the page there itself.</summary>
    public static string AddEntry(string menu, string url, string entry)
    {
        if (menu.Contains($"href=\"{url}\"", StringComparison.OrdinalIgnoreCase))
        {
            return menu;
        }

        var end = menu.LastIndexOf("</ul>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? $"{menu}<ul class=\"nav nav-pills flex-column\">{entry}</ul>" : menu.Insert(end, entry);
    }
}
