using System.Net;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Operators;

/// <summary>Ending sessions as an operator: asked first, with a reason, and told to the person without it.</summary>
public sealed class OperatorEndTests
{
    private const string Why = "ticket 4711";

    [Fact]
    public async Task One_session_is_ended_and_its_person_is_told_that_an_administrator_did_it()
    {
        await using var app = await OperatorApp.StartAsync();
        var ada = await app.App.CreateUserAsync();
        var (phone, laptop) = (app.App.NewDevice(Device.SafariOnIPhone), app.App.NewDevice());
        await phone.SignInAsync();
        await laptop.SignInAsync();
        var id = await phone.SessionIdAsync();

        using var answer = await app.SendAsync($"{OperatorApp.Path}/End?id={id}", ("Reason", Why));
        var person = await app.ReadAsync(answer.Headers.Location!.ToString());

        Assert.Equal("1 session was ended.", person.QuerySelector("[role=status]")!.TextContent);
        Assert.Contains(Why, person.QuerySelector(".sessions-note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(OperatorApp.Operator, person.QuerySelector(".sessions-by")!.TextContent, StringComparison.Ordinal);
        Assert.False(await phone.IsSignedInAsync());
        Assert.True(await laptop.IsSignedInAsync());
        var login = await PageHost.ReadAsync(await phone.GetAsync("/Identity/Account/Login"));
        Assert.Contains("An administrator signed you out of this device.", login.Body!.TextContent, StringComparison.Ordinal);
        var history = await (await laptop.GetAsync("/Identity/Account/Devices/History")).Content.ReadAsStringAsync();
        Assert.Contains("Signed out by an administrator", history, StringComparison.Ordinal);
        var own = await app.App.WithUsersAsync(users => users.FindByNameAsync(OperatorApp.Operator));
        foreach (var text in new[] { history, await JsonAsync(laptop), login.DocumentElement.OuterHtml })
        {
            Assert.DoesNotContain(Why, text, StringComparison.Ordinal);
            Assert.DoesNotContain(OperatorApp.Operator, text, StringComparison.Ordinal);
            Assert.DoesNotContain(own!.Id, text, StringComparison.Ordinal);
        }

        Assert.NotEqual(own!.Id, ada.Id);
    }

    [Fact]
    public async Task More_than_are_counted_before_it_begins_are_said_to_be_more_and_all_are_ended()
    {
        await using var app = await OperatorApp.StartAsync(options => options.Administration.Bounds = new(Counted: 2));
        var ada = await app.App.CreateUserAsync();
        var devices = Enumerable.Range(0, 3).Select(_ => app.App.NewDevice()).ToArray();
        foreach (var device in devices)
        {
            await device.SignInAsync();
        }

        var path = $"{OperatorApp.Path}/End?user={ada.Id}";

        var asked = await app.ReadAsync(path);
        using var answer = await app.SendAsync(path, ("Reason", Why));

        Assert.Equal("At least 2 sessions, 1 person. How many there are is counted when it begins.", asked.QuerySelector(".sessions-end-count")!.TextContent);
        Assert.All(await Task.WhenAll(devices.Select(device => device.IsSignedInAsync())), Assert.False);
    }

    [Fact]
    public async Task All_of_a_person_are_ended()
    {
        await using var app = await OperatorApp.StartAsync();
        var ada = await app.App.CreateUserAsync();
        var (phone, laptop) = (app.App.NewDevice(Device.SafariOnIPhone), app.App.NewDevice());
        await phone.SignInAsync();
        await laptop.SignInAsync();
        var path = $"{OperatorApp.Path}/End?user={ada.Id}";

        var asked = await app.ReadAsync(path);
        using var answer = await app.SendAsync(path, ("Reason", Why));

        Assert.Equal("2 sessions, 1 person", asked.QuerySelector(".sessions-end-count")!.TextContent);
        Assert.False(await phone.IsSignedInAsync());
        Assert.False(await laptop.IsSignedInAsync());
        Assert.All((await app.App.EventsAsync()).Where(row => row.Kind == SessionEventKind.Revoked), row => Assert.Equal(("all", Why), (row.EndScope, row.Note)));
        Assert.True(await app.Desk.IsSignedInAsync());
    }

    [Fact]
    public async Task All_of_ones_own_but_this_one_are_ended()
    {
        await using var app = await OperatorApp.StartAsync();
        var own = await app.App.WithUsersAsync(users => users.FindByNameAsync(OperatorApp.Operator));
        var elsewhere = app.App.NewDevice(Device.SafariOnIPhone);
        await elsewhere.SignInAsync(OperatorApp.Operator);

        using var answer = await app.SendAsync($"{OperatorApp.Path}/End?user={own!.Id}", ("Reason", Why));

        Assert.True(await app.Desk.IsSignedInAsync());
        Assert.False(await elsewhere.IsSignedInAsync());
    }

    [Theory]
    [InlineData(IpAddressMode.Full, false)]
    [InlineData(IpAddressMode.Truncated, true)]
    public async Task All_from_an_address_are_ended_and_a_cut_one_says_that_it_stands_for_its_network(IpAddressMode mode, bool warns)
    {
        await using var app = await OperatorApp.StartAsync(options => options.IpAddressMode = mode);
        await app.App.CreateUserAsync();
        var near = app.App.NewDevice();
        await near.SendAsync("/signin?name=ada@example.com&password=" + TestApp.Password, [], ("X-From", "203.0.113.9"));
        var far = app.App.NewDevice();
        await far.SendAsync("/signin?name=ada@example.com&password=" + TestApp.Password, [], ("X-From", "198.51.100.1"));
        var path = $"{OperatorApp.Path}/End?ip=203.0.113.9";

        var asked = await app.ReadAsync(path);
        using var answer = await app.SendAsync(path, ("Reason", Why));
        await DoneAsync(app, answer);

        Assert.Equal("1 session, 1 person", asked.QuerySelector(".sessions-end-count")!.TextContent);
        Assert.Equal(warns, asked.QuerySelector(".sessions-end-whole")?.TextContent.Contains("203.0.113.0/24", StringComparison.Ordinal) == true);
        Assert.False(await near.IsSignedInAsync());
        Assert.True(await far.IsSignedInAsync());
        Assert.True(await app.Desk.IsSignedInAsync()); // with cut addresses it is of that network too
    }

    [Fact]
    public async Task Everybody_is_ended_only_when_the_word_was_typed_and_the_operator_stays()
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        var ada = app.App.NewDevice();
        await ada.SignInAsync();
        var path = $"{OperatorApp.Path}/End?everybody=true";

        using var withoutWord = await app.SendAsync(path, ("Reason", Why), ("Confirmation", "yes"));
        using var withoutReason = await app.SendAsync(path, ("Reason", " "), ("Confirmation", "EVERYBODY"));
        Assert.True(await ada.IsSignedInAsync());
        Assert.All([await PageHost.ReadAsync(withoutWord), await PageHost.ReadAsync(withoutReason)], page => Assert.NotNull(page.QuerySelector("[role=alert]")));

        using var answer = await app.SendAsync(path, ("Reason", Why), ("Confirmation", "everybody"));
        var progress = await DoneAsync(app, answer);

        Assert.Equal("1 session was ended.", progress.QuerySelector(".sessions-end-progress")!.TextContent);
        Assert.False(await ada.IsSignedInAsync());
        Assert.True(await app.Desk.IsSignedInAsync());
        Assert.Contains((await app.ReadAsync(path)).QuerySelectorAll(".sessions-endings a"), link => link.GetAttribute("href") == answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("from=2000-01-01")]
    [InlineData("ip=0.0.0.0/0")]
    [InlineData("ip=::/0")]
    public async Task Nearly_everybody_asks_for_the_word_too(string query)
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        var ada = app.App.NewDevice();
        await ada.SignInAsync();

        using var answer = await app.SendAsync($"{OperatorApp.Path}/End?{query}", ("Reason", Why));

        Assert.NotNull((await PageHost.ReadAsync(answer)).QuerySelector("#sessions-word"));
        Assert.True(await ada.IsSignedInAsync());
    }

    [Theory]
    [InlineData("device=chrome")]
    [InlineData("device=iphone")] // "at least 0": it is older than what was looked through
    [InlineData("ip=203.0.113.9")]
    public async Task So_does_an_ending_of_more_than_were_counted(string query)
    {
        await using var app = await OperatorApp.StartAsync(options => options.Administration.Bounds = new(Sessions: 2, Counted: 2));
        await app.App.CreateUserAsync();
        var devices = new[] { app.App.NewDevice(Device.SafariOnIPhone), app.App.NewDevice(), app.App.NewDevice() };
        foreach (var device in devices)
        {
            app.App.Time.Advance(TimeSpan.FromMinutes(1));
            await device.SendAsync("/signin?name=ada@example.com&password=" + TestApp.Password, [], ("X-From", "203.0.113.9"));
        }

        using var answer = await app.SendAsync($"{OperatorApp.Path}/End?{query}", ("Reason", Why));

        Assert.NotNull((await PageHost.ReadAsync(answer)).QuerySelector("#sessions-word"));
        Assert.All(await Task.WhenAll(devices.Select(device => device.IsSignedInAsync())), Assert.True);
    }

    [Fact]
    public async Task With_cut_addresses_this_machines_own_IPv6_network_has_nobody_else_in_it()
    {
        await using var app = await OperatorApp.StartAsync(options => options.IpAddressMode = IpAddressMode.Truncated);
        await app.App.CreateUserAsync();
        var (local, far) = (app.App.NewDevice(), app.App.NewDevice(Device.SafariOnIPhone));
        await local.SendAsync("/signin?name=ada@example.com&password=" + TestApp.Password, [], ("X-From", "::1"));
        await far.SignInAsync();
        var path = $"{OperatorApp.Path}/End?ip=::1";

        var asked = await app.ReadAsync(path);
        using var answer = await app.SendAsync(path, ("Reason", Why));
        await DoneAsync(app, answer);

        Assert.Equal("1 session, 1 person", asked.QuerySelector(".sessions-end-count")!.TextContent);
        Assert.False(await local.IsSignedInAsync());
        Assert.True(await far.IsSignedInAsync());
    }

    [Fact]
    public async Task What_goes_on_can_be_stopped_and_gone_on_with_by_hand()
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        var desk = Guid.Parse(await app.Desk.SessionIdAsync());
        var ending = await app.App.InScopeAsync(async services =>
        {
            // Held by a node that does not answer, so that it stays under way.
            var endings = services.GetRequiredService<Sessions.Identity.Stores.ISessionAdministrationStore>();
            var kept = new SessionEnding { Id = Guid.NewGuid(), Search = UserSessionSearch.Everybody, Keep = desk, StartedAt = app.App.Time.GetUtcNow(), Expected = 9 };
            await endings.AddEndingAsync(kept, default);
            Assert.True(await endings.TakeEndingAsync(kept.Id, "elsewhere", kept.StartedAt, kept.StartedAt.AddDays(1), default));
            return kept;
        });
        var path = $"{OperatorApp.Path}/End?ending={ending.Id}";

        var running = await app.ReadAsync(path);
        using var stop = await app.SendAsync(path);
        var stopped = await app.ReadAsync(path);
        using var resume = await app.SendAsync(path);
        await DoneAsync(app, resume);

        Assert.Equal("In progress: 0 of about 9 ended.", running.QuerySelector(".sessions-end-progress")!.TextContent);
        Assert.Equal("Stopped: 0 of about 9 ended.", stopped.QuerySelector(".sessions-end-progress")!.TextContent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ip=nonsense")]
    [InlineData("?ip=nonsense&everybody=true")]
    [InlineData("?everybody=true&user=nobody")]
    [InlineData("?user=nobody")]
    [InlineData("?id=nonsense")]
    [InlineData("?id=00000000-0000-0000-0000-000000000001")]
    [InlineData("?ending=00000000-0000-0000-0000-000000000001")]
    [InlineData("?ending=nonsense")]
    [InlineData("?before=2026-01-01")]
    [InlineData("?device=on")]
    [InlineData("?device=a+b+c+d+e+f+g")]
    [InlineData("?everybody=true&device=,")]
    public async Task An_address_that_names_nobody_ends_nobody(string query)
    {
        await using var app = await OperatorApp.StartAsync();

        using var answer = await app.Desk.GetAsync($"{OperatorApp.Path}/End{query}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Ones_own_session_and_one_that_is_over_are_not_ended_here()
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        var ada = app.App.NewDevice();
        await ada.SignInAsync();
        var over = await ada.SessionIdAsync();
        await ada.PostAsync("/signout");

        foreach (var id in new[] { over, await app.Desk.SessionIdAsync() })
        {
            using var answer = await app.Desk.GetAsync($"{OperatorApp.Path}/End?id={id}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<string> JsonAsync(Device device) => await (await device.GetAsync("/Identity/Account/Devices/History?handler=Json")).Content.ReadAsStringAsync();

    private static async Task<AngleSharp.Dom.IDocument> DoneAsync(OperatorApp app, HttpResponseMessage answer)
    {
        var path = answer.Headers.Location!.ToString();
        AngleSharp.Dom.IDocument? page = null;
        await Eventually.TrueAsync(async () => (page = await app.ReadAsync(path)).QuerySelector("form[method=post].d-flex") is null, "the ending is done");
        return page!;
    }
}
