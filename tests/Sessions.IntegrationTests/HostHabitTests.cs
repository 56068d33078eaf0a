using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

/// <summary>What hosts do with sign-ins that Identity's own pages don't.</summary>
public sealed class HostHabitTests
{
    [Fact]
    public async Task Signing_out_and_in_again_with_the_same_properties_begins_a_new_session()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureEndpoints = endpoints =>
            endpoints.MapPost("/again", async (HttpContext context, SignInManager<IdentityUser> signIn) =>
            {
                var ticket = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
                await signIn.SignOutAsync();
                await context.SignInAsync(IdentityConstants.ApplicationScheme, ticket.Principal!, ticket.Properties);
                return "Succeeded";
            }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await device.PostAsync("/again");

        Assert.True(await device.IsSignedInAsync());
        Assert.Equal([SessionEndReason.SignedOut, null], (await app.SessionsAsync()).Select(session => session.EndReason));
    }

    [Fact]
    public async Task A_geolocator_that_cannot_be_made_leaves_the_place_blank()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.ConfigureServices = services =>
                services.AddSingleton<IIpGeolocator>(_ => throw new FileNotFoundException("The database of 81.2.69.160 is not there."));
            setup.Options = options => options.IpAddressResolver = _ => IPAddress.Parse("81.2.69.160");
        });
        await app.CreateUserAsync();

        Assert.Equal("Succeeded", await app.NewDevice().SignInAsync());
        Assert.Equal("Failed", await app.NewDevice().SignInAsync(password: "wrong"));

        Assert.Null(Assert.Single(await app.SessionsAsync()).Country);
        Assert.DoesNotContain(app.Logs.GetSnapshot(), line => $"{line.Message} {line.Exception}".Contains("81.2.69.160", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ticket_without_an_end_is_touched_like_any_other()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureEndpoints = endpoints =>
            endpoints.MapPost("/for-ever", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
            {
                var properties = new AuthenticationProperties { ExpiresUtc = DateTimeOffset.MaxValue };
                await signIn.SignInAsync((await users.FindByNameAsync("ada@example.com"))!, properties);
                return "Succeeded";
            }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.PostAsync("/for-ever");
        var begun = Assert.Single(await app.SessionsAsync()).LastSeenAt;

        app.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.True(await device.IsSignedInAsync());
        await Eventually.TrueAsync(async () => Assert.Single(await app.SessionsAsync()).LastSeenAt > begun);
    }

    [Fact]
    public async Task A_database_file_that_another_took_the_place_of_is_not_read_any_more()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        Assert.True(await device.IsSignedInAsync());
        var file = app.Database.ConnectionString["Data Source=".Length..];
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var copy = connection.CreateCommand();
            copy.CommandText = $"VACUUM INTO '{file}.copy'";
            await copy.ExecuteNonQueryAsync();
        }

        await using (var restored = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file}.copy;Pooling=False"))
        {
            await restored.OpenAsync();
            await using var end = restored.CreateCommand();
            end.CommandText = "UPDATE AspNetUserSessions SET EndedAt = CreatedAt, EndReason = 'RevokedByAdmin'";
            await end.ExecuteNonQueryAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete($"{file}-wal"); // the old file's log is none of the restored one's
        File.Delete($"{file}-shm");
        File.Move($"{file}.copy", file, overwrite: true);

        Assert.False(await device.IsSignedInAsync());
    }
}
