using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class SessionIconsTests : ComponentTest
{
    [Fact]
    public void Each_sort_of_device_has_an_icon_of_its_own()
    {
        string[] types =
        [
            DeviceType.Desktop, DeviceType.Smartphone, DeviceType.Tablet, DeviceType.Tv, DeviceType.Console, DeviceType.Watch,
            DeviceType.NativeIos, DeviceType.Bot, DeviceType.Tool, DeviceType.Unknown,
        ];
        var icons = new SessionIcons();

        Assert.Equal(types.Length, types.Select(type => icons.OfDevice(type).Value).Distinct().Count());
        Assert.Equal(icons.OfDevice(DeviceType.Unknown), icons.OfDevice("something newer"));
        Assert.Equal(icons.OfDevice(DeviceType.NativeIos), icons.OfDevice(DeviceType.NativeAndroid));
    }

    [Fact]
    public void A_host_has_icons_of_its_own()
    {
        Services.AddSingleton<SessionIcons, Letters>();

        var item = Render<SessionListItem>(parameters => parameters.Add(p => p.Session, People.Phone));

        Assert.Equal("P", item.Find("li > b").TextContent);
    }

    private sealed class Letters : SessionIcons
    {
        public override MarkupString OfDevice(string? deviceType) => new(deviceType == DeviceType.Smartphone ? "<b aria-hidden=\"true\">P</b>" : string.Empty);
    }
}
