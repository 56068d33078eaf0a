namespace Sessions.UI;

/// <summary>A page of ours, which an app may have as a Razor Page, as a Blazor page, or not at all.</summary>
/// <param name="RazorPage">The page's path in Identity's area.</param>
/// <param name="Route">The Blazor page's route: beside those of the Blazor template.</param>
internal sealed record SessionsPage(string RazorPage, string Route)
{
    public const string DevicesRoute = "/Account/Manage/Devices";
    public const string HistoryRoute = "/Account/Manage/Devices/History";
    public const string ConfirmAccessRoute = "/Account/ConfirmAccess";
    public const string LimitRoute = "/Account/Devices/Limit";
    public const string NotMeRoute = "/Account/Devices/NotMe";

    public static SessionsPage Devices { get; } = new("/Account/Devices", DevicesRoute);

    public static SessionsPage History { get; } = new("/Account/Devices/History", HistoryRoute);

    public static SessionsPage ConfirmAccess { get; } = new("/Account/ConfirmAccess", ConfirmAccessRoute);

    public static SessionsPage Limit { get; } = new("/Account/Devices/Limit", LimitRoute);

    public static SessionsPage NotMe { get; } = new("/Account/Devices/NotMe", NotMeRoute);
}
