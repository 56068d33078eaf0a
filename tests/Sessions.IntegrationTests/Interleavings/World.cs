using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.SignIn;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Interleavings;

/// <summary>A person with some devices, and a copy of each one's cookies, in a real app on a real database.</summary>
internal sealed class World
{
    private static readonly TimeSpan[] _waits = [TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60), TimeSpan.FromHours(3)];

    private readonly TestApp _app;
    private readonly Device[] _devices;
    private readonly Device?[] _copies = new Device?[Stories.Devices];

    private World(TestApp app, IdentityUser user)
    {
        _app = app;
        User = user;
        _devices = [.. Enumerable.Range(0, Stories.Devices).Select(_ => app.NewDevice())];
    }

    public IdentityUser User { get; }

    public static async Task<World> CreateAsync(TestApp app) => new(app, await app.CreateUserAsync($"{Guid.NewGuid():N}@example.com"));

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/other-password", async (UserManager<IdentityUser> users, System.Security.Claims.ClaimsPrincipal person) =>
    {
        const string Other = "An0ther-word!";
        var user = (await users.GetUserAsync(person))!;
        var (from, to) = await users.CheckPasswordAsync(user, Other) ? (Other, TestApp.Password) : (TestApp.Password, Other);
        return (await users.ChangePasswordAsync(user, from, to)).Succeeded ? Results.Ok() : Results.Conflict();
    }).RequireAuthorization();

    public Task<List<IdentityUserSession<string>>> RowsAsync() => _app.InDatabaseAsync(db =>
        db.Set<IdentityUserSession<string>>().AsNoTracking().Where(row => row.UserId == User.Id).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync());

    public Task<List<IdentitySessionEvent<string>>> EventsAsync() => _app.InDatabaseAsync(db =>
        db.Set<IdentitySessionEvent<string>>().AsNoTracking().Where(row => row.UserId == User.Id).ToListAsync());

    public Task<string> StampDigestAsync() => _app.InDatabaseAsync(async db =>
        SecretDigest.Of((await db.Users.AsNoTracking().Where(user => user.Id == User.Id).Select(user => user.SecurityStamp).SingleAsync())!));

    public DateTimeOffset Now => _app.Time.GetUtcNow();

    /// <summary>The session whose cookie a device has.</summary>
    public IdentityUserSession<string>? SessionOf(int device, IEnumerable<IdentityUserSession<string>> rows, bool ofCopy = false)
    {
        var cookies = _app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = (ofCopy ? _copies[device] : _devices[device])?.Ticket;
        var digest = ticket is null ? null : cookies.TicketDataFormat.Unprotect(ticket)?.Properties.GetSessionKey()?.Digest();
        return rows.FirstOrDefault(row => row.KeyDigest == digest);
    }

    public bool HasCopy(int device) => _copies[device] is not null;

    /// <summary>The cookie that a device's copy has.</summary>
    public string? TicketOfCopy(int device) => _copies[device]?.Ticket;

    /// <summary>Does a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="target">The session that it means.</param>
    /// <returns>Whether who did it was let in, or what was asked for was done.</returns>
    public async Task<bool> DoAsync(Step step, Guid target)
    {
        var device = _devices[step.Device];
        switch (step.Kind)
        {
            case StepKind.SignIn:
                return await SendAsync(device, $"/signin-direct?name={User.UserName}");
            case StepKind.Ask:
                return await device.IsSignedInAsync();
            case StepKind.CopyCookie:
                _copies[step.Device] = device.Copy();
                return true;
            case StepKind.AskWithCopy:
                return _copies[step.Device] is { } copy && await copy.IsSignedInAsync();
            case StepKind.SignOut:
                return await SendAsync(device, "/signout");
            case StepKind.SignOutWithCopy:
                return _copies[step.Device] is { } leaving && await SendAsync(leaving, "/signout");
            case StepKind.RevokeOne:
                return await SendAsync(device, $"/revoke?id={target}");
            case StepKind.RevokeOthers:
                return await SendAsync(device, "/revoke-others");
            case StepKind.ChangePassword:
                return await SendAsync(device, "/other-password");
            case StepKind.ChangePasswordWithCopy:
                return _copies[step.Device] is { } changing && await SendAsync(changing, "/other-password");
            case StepKind.RevokeAll:
                await _app.RevokeAllAsync(User.UserName!);
                return true;
            case StepKind.ChangeStamp:
                return await _app.WithUsersAsync(async users => (await users.UpdateSecurityStampAsync((await users.FindByIdAsync(User.Id))!)).Succeeded);
            case StepKind.Sweep:
                return await _app.TrySweepAsync() is not null;
            default:
                _app.Time.Advance(_waits[step.Other]);
                return true;
        }
    }

    private static async Task<bool> SendAsync(Device device, string path)
    {
        using var response = await device.SendAsync(HttpMethod.Post, path);
        Assert.True((int)response.StatusCode < 500, $"{path} answered {response.StatusCode}");
        return response.StatusCode == HttpStatusCode.OK;
    }
}
