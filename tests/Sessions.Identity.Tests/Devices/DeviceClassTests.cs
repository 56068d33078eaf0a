namespace Sessions.Identity.Tests.Devices;

public sealed class DeviceClassTests
{
    [Theory]
    [InlineData(DeviceType.Desktop, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")]
    [InlineData(DeviceType.Smartphone, "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36")]
    [InlineData(DeviceType.Tablet, "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")]
    [InlineData(DeviceType.Tablet, "Mozilla/5.0 (Android 14; Tablet; rv:142.0) Gecko/142.0 Firefox/142.0")]
    [InlineData(DeviceType.Tablet, "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1")]
    [InlineData(DeviceType.Tv, "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.88 Safari/537.36 WebAppManager")]
    [InlineData(DeviceType.Tv, "Mozilla/5.0 (Linux; Android 9; AFTKA) AppleWebKit/537.36 (KHTML, like Gecko) Silk/112.5.1 like Chrome/112.0.5615.213 Safari/537.36")]
    [InlineData(DeviceType.Console, "Mozilla/5.0 (PlayStation; PlayStation 5/6.50) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Safari/605.1.15")]
    [InlineData(DeviceType.Watch, "atc/1.0 watchOS/5.2 model/Watch4,4 hwp/t8006 build/16T225 (6; dt:193)")]
    [InlineData(DeviceType.Unknown, "asdf")]
    public void Each_sort_of_thing_is_told(string type, string userAgent) => Assert.Equal(type, Naming.Parse(userAgent).DeviceType);

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge 130 on Xbox Series X")]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.5) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/5.0 Chrome/85.0.4183.93 TV Safari/537.36", "Samsung Internet on Samsung TV (Tizen 6.5)")]
    public void A_console_or_television_goes_by_the_name_on_its_box(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));
}
