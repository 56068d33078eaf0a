using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Locations;

/// <summary>A host that keeps truncated addresses only: whatever happens, nothing in the two tables tells a full one.</summary>
public sealed class TruncatedAddressTests
{
    private static readonly string[] _full =
    [
        "203.0.113.77", "198.51.100.201", "192.0.2.145", "2001:db8:1:2:3::4", "203.0.113.99", "198.18.7.133", "2001:db8:a:b:c::d", "198.18.9.144",
    ];

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task No_column_of_either_table_has_a_full_address_however_it_came_there(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var address = IPAddress.None;
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, devices: 1, setup =>
        {
            setup.Options = options =>
            {
                options.TrackingTimeout = TimeSpan.FromMinutes(1);
                options.IpAddressMode = IpAddressMode.Truncated;
                options.IpAddressResolver = _ => address;
                options.Administration.RecordTrailViews = true;
            };
            setup.ConfigureEndpoints = Map;
        });
        await using var running = app;
        await app.CreateUserAsync("op@example.com");
        var (adopted, phone, desk) = (devices[0], app.NewDevice(Device.SafariOnIPhone), app.NewDevice());

        await FromAsync(0, () => adopted.IsSignedInAsync());
        await FromAsync(1, () => phone.SignInAsync(password: "wrong"));
        await FromAsync(2, () => phone.SignInAsync());
        await FromAsync(3, () => phone.PostAsync("/step-up"));
        await FromAsync(4, () => phone.PostAsync("/confirm"));
        app.Time.Advance(TimeSpan.FromMinutes(6));
        await FromAsync(5, () => phone.IsSignedInAsync());
        await Eventually.TrueAsync(async () => (await app.SessionsAsync()).Any(row => row.LastSeenIpAddress == "198.18.7.0"), "last seen is written");
        var earlier = (await app.SessionsAsync()).Single(row => row.IsAdopted).Id;
        await FromAsync(6, () => phone.PostAsync($"/revoke?id={earlier}"));
        await FromAsync(7, () => desk.SignInAsync("op@example.com"));
        await FromAsync(7, () => desk.PostAsync("/look-at?name=ada@example.com"));
        await FromAsync(7, () => desk.PostAsync("/end-all-of?name=ada@example.com"));

        Assert.Equal(
            ["AccessConfirmed", "Revoked", "Revoked", "SignInFailed", "SignedIn", "SignedIn", "StepUp", "TrailViewed"],
            (await app.EventsAsync()).Select(row => row.Kind).Order(StringComparer.Ordinal));
        var values = await ValuesAsync(app);
        Assert.Contains("203.0.113.0", values);
        Assert.Contains("2001:db8:1::", values);
        Assert.Contains(values, value => value is byte[] bytes && bytes.AsSpan().SequenceEqual(IPAddress.Parse("198.51.100.0").MapToIPv6().GetAddressBytes()));
        Assert.All(values, AssertTellsNoFullAddress);

        async Task FromAsync<T>(int number, Func<Task<T>> request)
        {
            address = IPAddress.Parse(_full[number]);
            await request();
        }
    }

    private static void AssertTellsNoFullAddress(object value)
    {
        foreach (var full in _full)
        {
            if (value is byte[] bytes)
            {
                Assert.NotEqual(IPAddress.Parse(full).MapToIPv6().GetAddressBytes(), bytes);
                Assert.NotEqual(IPAddress.Parse(full).GetAddressBytes(), bytes);
            }
            else
            {
                Assert.DoesNotContain(full, (string)value, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    // Every text and every row of bytes in the tables, by no list of columns that a new one might be missing from.
    private static async Task<List<object>> ValuesAsync(TestApp app)
    {
        var values = new List<object>();
        await using var connection = app.Database.Connect();
        await connection.OpenAsync();
        foreach (var table in new[] { "AspNetUserSessions", "AspNetSessionEvents" })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                values.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).Where(value => value is string or byte[]));
            }
        }

        return values;
    }

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/step-up", (HttpContext context, CancellationToken token) => context.RecordStepUpAsync(SecondFactor.Authenticator, token));
        app.MapPost("/confirm", (HttpContext context, CancellationToken token) => context.ConfirmAccessAsync(SignInMethod.Password, cancellationToken: token));
        app.MapPost("/look-at", async (SessionAdministration administration, UserManager<IdentityUser> users, ClaimsPrincipal person, string name) =>
            await administration.RecordViewAsync((await users.FindByNameAsync(name))!.Id, person, CancellationToken.None));
        app.MapPost("/end-all-of", async (UserManager<IdentityUser> users, string name) =>
            await users.RevokeAllSessionsAsync((await users.FindByNameAsync(name))!));
    }
}
