using Microsoft.AspNetCore.Components;
using Sessions.Identity;

namespace Sessions.UI;

/// <summary>The icons of devices and events, as inline SVG. An app that wants others registers a class of its own: <c>services.AddSingleton&lt;SessionIcons, MyIcons&gt;()</c>.</summary>
/// <remarks>What is returned goes into the page as it is. Words always stand beside an icon, so it is hidden from screen readers.</remarks>
public class SessionIcons
{
    private const string Desktop = """<rect x="2.5" y="4" width="19" height="12.5" rx="2"/><path d="M8.5 20.5h7M12 16.5v4"/>""";
    private const string Phone = """<rect x="7" y="2" width="10" height="20" rx="2"/><path d="M11 18.5h2"/>""";
    private const string App = """<rect x="7" y="2" width="10" height="20" rx="2"/><path d="M11 18.5h2M10 7h1.5v1.5H10zM12.5 7H14v1.5h-1.5zM10 10h1.5v1.5H10z"/>""";
    private const string Tablet = """<rect x="4" y="2.5" width="16" height="19" rx="2"/><path d="M11 18.5h2"/>""";
    private const string Tv = """<rect x="2.5" y="7" width="19" height="12" rx="2"/><path d="M8 3l4 4 4-4M8 22h8"/>""";
    private const string GameConsole = """<path d="M7 7.5h10a5 5 0 0 1 4.9 6l-.5 2.6a2.4 2.4 0 0 1-4.2 1.1L15.5 15h-7l-1.7 2.2a2.4 2.4 0 0 1-4.2-1.1L2.1 13.5a5 5 0 0 1 4.9-6zM8 9.5v3M6.5 11h3M15 10.5h.01M17 12.5h.01"/>""";
    private const string Watch = """<rect x="6.5" y="6.5" width="11" height="11" rx="3"/><path d="M9 6.5l.7-4h4.6l.7 4M9 17.5l.7 4h4.6l.7-4M12 10v2.2l1.5 1"/>""";
    private const string Terminal = """<rect x="2.5" y="4" width="19" height="16" rx="2"/><path d="M6.5 9l3 3-3 3M12.5 15h4"/>""";
    private const string Bot = """<rect x="4" y="8" width="16" height="11" rx="2.5"/><path d="M12 8V4.5M9 12.5v1.5M15 12.5v1.5M2 12.5v3M22 12.5v3"/><circle cx="12" cy="3.5" r="1"/>""";
    private const string Unknown = """<rect x="2.5" y="4" width="19" height="12.5" rx="2"/><path d="M8.5 20.5h7M12 16.5v4M10.3 8.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1M12 13h.01"/>""";

    private const string In = """<path d="M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M4 12h11M11 8l4 4-4 4"/>""";
    private const string Out = """<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M9 12h11M16 8l4 4-4 4"/>""";
    private const string Failure = """<path d="M12 3.5l9.5 16.5h-19zM12 10v4.5M12 17.2h.01"/>""";
    private const string Ban = """<circle cx="12" cy="12" r="9"/><path d="M5.7 5.7l12.6 12.6"/>""";
    private const string Clock = """<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>""";
    private const string Shield = """<path d="M12 2.5l8 3v6c0 5-3.4 8.5-8 10-4.6-1.5-8-5-8-10v-6zM8.5 12l2.5 2.5 4.5-5"/>""";
    private const string Eye = """<path d="M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="2.8"/>""";
    private const string Dot = """<circle cx="12" cy="12" r="9"/><path d="M12 8h.01M12 11v5"/>""";

    /// <summary>The icon of a sort of device.</summary>
    /// <param name="deviceType">One of <see cref="DeviceType"/>, or what a later version writes.</param>
    /// <returns>The markup.</returns>
    public virtual MarkupString OfDevice(string? deviceType) => Svg(32, deviceType switch
    {
        DeviceType.Desktop => Desktop,
        DeviceType.Smartphone => Phone,
        DeviceType.NativeIos or DeviceType.NativeAndroid => App,
        DeviceType.Tablet => Tablet,
        DeviceType.Tv => Tv,
        DeviceType.Console => GameConsole,
        DeviceType.Watch => Watch,
        DeviceType.Tool => Terminal,
        DeviceType.Bot => Bot,
        _ => Unknown,
    });

    /// <summary>The icon of what happened.</summary>
    /// <param name="kind">One of <see cref="SessionEventKind"/>, or what a later version writes.</param>
    /// <returns>The markup.</returns>
    public virtual MarkupString OfEvent(string? kind) => Svg(24, kind switch
    {
        SessionEventKind.SignedIn => In,
        SessionEventKind.SignInFailed => Failure,
        SessionEventKind.SignedOut => Out,
        SessionEventKind.Revoked or SessionEventKind.LimitDeclined => Ban,
        SessionEventKind.Expired => Clock,
        SessionEventKind.StepUp or SessionEventKind.AccessConfirmed => Shield,
        SessionEventKind.TrailViewed => Eye,
        _ => Dot,
    });

    private static MarkupString Svg(int size, string shapes) => new(
        $"""<svg class="sessions-icon flex-shrink-0" aria-hidden="true" focusable="false" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{shapes}</svg>""");
}
