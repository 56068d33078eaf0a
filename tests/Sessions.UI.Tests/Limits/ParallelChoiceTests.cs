using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Limits;

/// <summary>Whatever happens at once, there is never one too many when all are done.</summary>
public sealed class ParallelChoiceTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_those_who_choose_the_same_device_one_takes_its_place_and_the_others_are_asked_once_more(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await LimitApp.StartAsync(database, total: 3);
        await app.App.CreateUserAsync();
        for (var device = 0; device < 3; device++)
        {
            await app.SignedInAsync();
        }

        var before = await app.LiveAsync();
        var devices = Enumerable.Range(0, 4).Select(_ => app.App.NewDevice(Device.SafariOnIPhone)).ToList();
        var pages = await Task.WhenAll(devices.Select(device => LimitApp.AskedAsync(device)));

        var answers = await Task.WhenAll(devices.Zip(pages, (device, page) => LimitApp.GoOnAsync(device, page, before[1])));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect));
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var live = await app.LiveAsync();
        Assert.Equal(3, live.Length);
        Assert.Equal([before[0], before[2]], live.Take(2)); // whom nobody chose stays
        Assert.Equal(4, (await app.App.SessionsAsync()).Count);
        Assert.Equal(1, (await app.App.EventsAsync()).Count(row => row.EndReason == SessionEndReason.LimitReached));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Those_who_choose_different_devices_all_come_in(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await LimitApp.StartAsync(database, total: 2);
        await app.App.CreateUserAsync();
        await app.SignedInAsync();
        await app.SignedInAsync();
        var before = await app.LiveAsync();
        var devices = Enumerable.Range(0, 2).Select(_ => app.App.NewDevice(Device.SafariOnIPhone)).ToList();
        var pages = await Task.WhenAll(devices.Select(device => LimitApp.AskedAsync(device)));

        await Task.WhenAll(devices.Select((device, index) => LimitApp.GoOnAsync(device, pages[index], before[index])));

        var signedIn = await Task.WhenAll(devices.Select(device => device.IsSignedInAsync()));
        Assert.Equal([true, true], signedIn);
        Assert.Equal(2, (await app.LiveAsync()).Length);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Those_who_come_at_once_while_there_is_room_are_no_more_than_the_limit(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await LimitApp.StartAsync(database, total: 2);
        await app.App.CreateUserAsync();
        await app.SignedInAsync();

        var devices = Enumerable.Range(0, 6).Select(_ => app.App.NewDevice(Device.SafariOnIPhone)).ToList();
        await Task.WhenAll(devices.Select(device => LimitApp.LoginAsync(device)));

        var live = await app.App.SessionsAsync();
        Assert.Equal(2, live.Count(row => row.EndedAt is null));
        Assert.Equal(live.Max(row => row.CreatedAt), live.Where(row => row.EndedAt is null).Max(row => row.CreatedAt));
    }
}
