using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>What the host is told, and how.</summary>
public sealed class HookTests
{
    [Fact]
    public async Task Each_hook_is_told_of_its_own_with_the_event_and_what_is_left_of_its_request()
    {
        var told = new ConcurrentQueue<SessionHookContext>();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = options =>
            {
                options.Events.OnEvent = context => Told(told, context);
                options.Events.OnNewDevice = context => Told(told, context);
                options.Events.OnSessionRevoked = context => Told(told, context);
            };
            setup.ConfigureApp = host => host.UseRequestLocalization(new RequestLocalizationOptions().AddSupportedCultures("de-DE").AddSupportedUICultures("de-DE"));
        });
        var user = await app.CreateUserAsync();
        await app.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.NewDevice().PostAsync("/signin?culture=de-DE&name=ada@example.com&password=Pa55-word!");
        await app.WithUsersAsync(users => users.RevokeAllSessionsAsync(user, new SessionRevocation { Reason = SessionEndReason.RevokedByAdmin, ActorId = "root" }));
        await app.NewDevice().SignInAsync(password: "wrong");
        await Eventually.TrueAsync(() => Task.FromResult(told.Count >= 8));

        var fresh = Assert.Single(told.OfType<NewDeviceContext>());
        Assert.Equal((user.Id, "Chrome 142 on Windows"), (fresh.UserId, fresh.DeviceName));
        Assert.Equal(("POST", "https", "localhost", "/signin"), (fresh.Request!.Method, fresh.Request.Scheme, fresh.Request.Host, fresh.Request.Path));
        Assert.Equal("de-DE", fresh.Request.UICulture.Name);
        Assert.Equal(Device.ChromeOnWindows, fresh.Request.UserAgent);
        Assert.Contains("Chrome 142 on Windows", fresh.SourceLine, StringComparison.Ordinal);
        Assert.All(told.OfType<SessionRevokedContext>(), revoked => Assert.Equal((SessionEndReason.RevokedByAdmin, "root"), (revoked.Reason, revoked.ActorId)));
        Assert.Equal(2, told.OfType<SessionRevokedContext>().Count());
        Assert.Null(told.OfType<SessionRevokedContext>().First().Request);
        var failed = Assert.Single(told.OfType<SessionEventContext>(), context => context.Event.Kind == SessionEventKind.SignInFailed);
        Assert.Equal(SignInFailureReason.WrongPassword, failed.Event.Reason);
        Assert.False(string.IsNullOrEmpty(failed.ReasonLabel));
        var summary = failed.Event.Summary;
        Assert.Equal(
            (failed.Event.Id, SessionEventKind.SignInFailed, SignInFailureReason.WrongPassword, "ada@example.com", null, "Chrome 142 on Windows"),
            (summary.EventId, summary.Kind, summary.Reason, summary.Identity, summary.UserId, summary.Device));
    }

    [Fact]
    public async Task A_class_of_hooks_comes_from_DI_in_a_scope_of_its_own_and_the_language_of_the_request()
    {
        var told = new ConcurrentQueue<string>();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = options => options.EventsType = typeof(OwnHooks);
            setup.ConfigureServices = services => services.AddSingleton(told).AddScoped<OwnHooks>();
            setup.ConfigureApp = host => host.UseRequestLocalization(new RequestLocalizationOptions().AddSupportedCultures("fr-FR").AddSupportedUICultures("fr-FR"));
        });
        await app.CreateUserAsync();

        await app.NewDevice().PostAsync("/signin?culture=fr-FR&name=ada@example.com&password=Pa55-word!");
        await Eventually.TrueAsync(() => Task.FromResult(!told.IsEmpty));

        Assert.Equal(["ada@example.com SignedIn fr-FR"], told);
    }

    [Fact]
    public async Task A_class_of_hooks_that_is_not_registered_is_an_error_at_start_that_says_what_to_write()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            TestApp.StartAsync(setup => setup.Options = options => options.EventsType = typeof(OwnHooks)));

        Assert.Contains("AddScoped<OwnHooks>()", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_throws_keeps_no_other_from_being_told()
    {
        var told = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(setup => setup.Options = options =>
        {
            options.Events.OnEvent = _ => throw new IOException("It is broken.");
            options.Events.OnNewDevice = _ =>
            {
                told.SetResult();
                return Task.CompletedTask;
            };
        });
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        await app.NewDevice().SignInAsync();

        await told.Task.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Hooks_that_fall_behind_delay_no_sign_in_and_what_they_miss_is_counted()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TestApp.StartAsync(setup => setup.Options = options => options.Events.OnEvent = _ => held.Task);
        using var dropped = new MetricCollector<long>(app.Services.GetRequiredService<IMeterFactory>(), "Sessions.Identity", "sessions.hooks.dropped");
        await app.CreateUserAsync();
        var queue = app.Services.GetRequiredService<Sessions.Identity.Events.HookQueue>();
        for (var filled = 0; filled < 1_001; filled++)
        {
            queue.Publish(new SessionEventInfo { Id = Guid.NewGuid(), Kind = SessionEventKind.SignedOut, OccurredAt = app.Time.Start }, request: null);
        }

        await Eventually.TrueAsync(async () => await app.NewDevice().SignInAsync() == "Succeeded" && dropped.LastMeasurement is not null);

        held.SetResult();
    }

    [Fact]
    public async Task What_waits_when_the_app_stops_is_told_before_it_is_gone()
    {
        var told = 0;
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var app = await TestApp.StartAsync(setup => setup.Options = options => options.Events.OnEvent = async _ =>
        {
            await held.Task;
            Interlocked.Increment(ref told);
        }))
        {
            await app.CreateUserAsync();
            await app.NewDevice().SignInAsync();
            await app.NewDevice().SignInAsync(password: "wrong");
            app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            held.SetResult();
        }

        Assert.Equal(2, told);
    }

    private static Task Told(ConcurrentQueue<SessionHookContext> told, SessionHookContext context)
    {
        told.Enqueue(context);
        return Task.CompletedTask;
    }

    private sealed class OwnHooks(UserManager<IdentityUser> users, ConcurrentQueue<string> told) : UserSessionEvents
    {
        public override async Task SessionEvent(SessionEventContext context)
        {
            var user = await users.FindByIdAsync(context.Event.UserId!);
            told.Enqueue($"{user!.UserName} {context.Event.Kind} {CultureInfo.CurrentUICulture.Name}");
        }
    }
}
