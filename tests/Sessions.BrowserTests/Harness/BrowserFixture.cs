using System.Security.Cryptography;
using IdentityApp.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MimeKit;
using Sessions.Identity;

namespace Sessions.BrowserTests.Harness;

/// <summary>One app and one browser for the tests of a class. Each visitor has cookies of their own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly SampleApp _app = new();
    private readonly TestBrowser _browser = new();
    private string _address = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is not null)
        {
            _address = _app.Start();
            await _browser.StartAsync();
        }
    }

    /// <summary>Opens a browser as if on another device.</summary>
    public async Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser.OpenAsync(_address, options);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Works on the app's database.</summary>
    public async Task WithServicesAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    /// <summary>Signs the demo user in on so many more devices.</summary>
    public Task AddSessionsAsync(int count) => WithServicesAsync(async services =>
    {
        var db = services.GetRequiredService<AppDb>();
        var user = await db.Users.SingleAsync(user => user.Email == "demo@example.com");
        var now = DateTimeOffset.UtcNow;
        db.AddRange(Enumerable.Range(1, count).Select(number => new IdentityUserSession<string>
        {
            Id = Guid.CreateVersion7(now.AddHours(-number)),
            UserId = user.Id,
            KeyDigest = RandomNumberGenerator.GetHexString(64, lowercase: true),
            Scheme = IdentityConstants.ApplicationScheme,
            SignInMethod = SignInMethod.Password,
            IpAddress = "203.0.113.7",
            Browser = "Firefox",
            OperatingSystem = "Windows",
            DeviceType = DeviceType.Desktop,
            CreatedAt = now.AddHours(-number),
            LastSeenAt = now.AddHours(-number),
        }));
        await db.SaveChangesAsync();
    });

    /// <summary>Does something that the app writes one mail about.</summary>
    /// <returns>The mail.</returns>
    public async Task<MimeMessage> MailOfAsync(Func<Task> act)
    {
        var before = _app.Mails.ToHashSet();
        await act();
        var started = TimeProvider.System.GetTimestamp();
        string[] fresh;
        while ((fresh = [.. _app.Mails.Where(file => !before.Contains(file))]).Length == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds < TestBrowser.Patience, "No mail was written.");
            await Task.Delay(50);
        }

        return await MimeMessage.LoadAsync(Assert.Single(fresh));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _app.DisposeAsync();
    }
}
