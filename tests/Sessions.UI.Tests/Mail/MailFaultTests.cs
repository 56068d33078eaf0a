using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sessions.Identity;
using Sessions.Identity.Events;
using Sessions.Identity.Notices;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Mail;

/// <summary>A sender of mails that throws, hangs or is too slow harms nothing but its mails, and those within bounds.</summary>
public sealed class MailFaultTests
{
    private const int MostTries = 5;

    [Theory]
    [InlineData("throws")]
    [InlineData("hangs")]
    [InlineData("blocks")]
    public async Task A_sender_that_keeps_failing_is_tried_a_few_times_and_given_up_while_sign_ins_and_hooks_go_on(string how)
    {
        var told = 0;
        using var over = new ManualResetEventSlim();
        await using var app = await NoticeApp.StartAsync(options: options => options.Events.OnNewDevice = _ =>
        {
            Interlocked.Increment(ref told);
            return Task.CompletedTask;
        });
        using var lost = new MetricCollector<long>(app.App.Services.GetRequiredService<IMeterFactory>(), "Sessions.Identity", "sessions.mail.lost");
        app.Mails.Before = () => Fail(how, over);
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        var device = app.App.NewDevice();

        Assert.Equal("Succeeded", await device.SignInAsync());
        await Eventually.TrueAsync(() => Task.FromResult(app.Mails.Tries >= 1));
        Assert.True(await device.IsSignedInAsync());
        Assert.Equal("Succeeded", await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync());
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref told) == 2), "both hooks are told");
        await TurnClockUntilAsync(app, () => lost.GetMeasurementSnapshot().Count == 2);

        // A try that is over before it gets to the sender, since the clock was turned, counts too.
        var lines = app.App.Logs.GetSnapshot().CountBy(line => line.Id.Id).ToDictionary();
        Assert.Equal((2 * (MostTries - 1), 2), (lines[76], lines[77]));
        Assert.InRange(app.Mails.Tries, 2, 2 * MostTries);
        Assert.All(lost.GetMeasurementSnapshot(), measured => Assert.Equal("gave_up", measured.Tags["sessions.reason"]));
        Assert.All(app.App.Logs.GetSnapshot(), line => Assert.DoesNotContain("ada@example.com", line.Message + line.Exception, StringComparison.OrdinalIgnoreCase));
        over.Set();
    }

    [Fact]
    public async Task A_mail_that_failed_first_is_sent_later_with_a_link_that_works()
    {
        var broken = true;
        await using var app = await NoticeApp.StartAsync();
        app.Mails.Before = () => broken ? throw new IOException("The server is away.") : Task.CompletedTask;
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        var thief = app.App.NewDevice();
        await thief.SignInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(app.Mails.Tries > 0));

        broken = false;
        await TurnClockUntilAsync(app, () => app.Mails.Sent.Count == 1);
        await NoticeApp.ReportAsync(app.App.NewDevice(), NoticeApp.LinkIn(Assert.Single(app.Mails.Sent)));

        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task What_a_full_queue_drops_is_counted()
    {
        using var over = new ManualResetEventSlim();
        await using var app = await NoticeApp.StartAsync();
        using var lost = new MetricCollector<long>(app.App.Services.GetRequiredService<IMeterFactory>(), "Sessions.Identity", "sessions.mail.lost");
        app.Mails.Before = () => Fail("hangs", over);
        var user = await app.App.CreateUserAsync();
        var queue = app.App.Services.GetRequiredService<MailQueue>();

        for (var added = 0; added < 1_001; added++)
        {
            queue.Add(new PendingMail(new HookEvent(NewDeviceOf(user.Id, app.App.Time.Start), Request: null)));
        }

        var dropped = Assert.Single(lost.GetMeasurementSnapshot());
        Assert.Equal((1, "queue_full"), (dropped.Value, dropped.Tags["sessions.reason"]));
        Assert.Equal("Succeeded", await app.App.NewDevice().SignInAsync());
        app.Mails.Before = () => throw new IOException("The server is away."); // so that the app need not wait for a thousand
        app.App.Time.Advance(TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task What_waits_when_the_app_stops_is_sent_before_it_is_gone()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await NoticeApp.StartAsync();
        app.Mails.Before = () => held.Task;
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.App.NewDevice().SignInAsync();
        await app.App.NewDevice().SignInAsync();

        var stopped = app.App.Services.GetRequiredService<IHost>().StopAsync();
        held.SetResult();
        await stopped;

        Assert.Equal(2, app.Mails.Sent.Count);
    }

    private static SessionEventInfo NewDeviceOf(string userId, DateTimeOffset at) =>
        new() { Id = Guid.NewGuid(), Kind = SessionEventKind.SignedIn, OccurredAt = at, UserId = userId, IsNewDevice = true };

    // Whatever it waits for, a pause or its own limit, is over sooner or later.
    private static Task TurnClockUntilAsync(NoticeApp app, Func<bool> done) => Eventually.TrueAsync(() =>
    {
        app.App.Time.Advance(TimeSpan.FromMinutes(1));
        return Task.FromResult(done());
    });

    private static Task Fail(string how, ManualResetEventSlim over)
    {
        switch (how)
        {
            case "throws":
                throw new IOException("No mailbox for ada@example.com.");
            case "hangs":
                return Task.Run(over.Wait);
            default:
                over.Wait();
                return Task.CompletedTask;
        }
    }
}
