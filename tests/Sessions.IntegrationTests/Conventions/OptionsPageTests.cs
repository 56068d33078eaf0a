using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.IntegrationTests.Setup;
using Sessions.Tests.Templates;

namespace Sessions.IntegrationTests.Conventions;

/// <summary>docs/options.md tells every option, and of each one the truth.</summary>
public sealed partial class OptionsPageTests
{
    private const string NoEffectYet = "no effect yet";

    [Fact]
    public async Task Every_option_has_its_row_and_no_row_has_no_option()
    {
        var rows = await RowsAsync();

        Assert.Equal(Names(typeof(UserSessionOptions)).Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_option_has_an_effect_and_may_be_set()
    {
        var marked = (await RowsAsync()).Where(row => row.Value.Contains(NoEffectYet, StringComparison.Ordinal)).Select(row => row.Key.Split('.')[0]).Distinct();
        await using var database = TestDatabase.Sqlite();
        await using var app = await HostApp<IdentityUser>.StartAsync(builder =>
        {
            builder.Services.AddDbContext<PlainDb>(database.Use);
            builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>().AddSessions(SetEverything);
        });

        Assert.Empty(marked);
        Assert.Empty(app.Warnings);
    }

    private static void SetEverything(UserSessionOptions options)
    {
        options.LastSeenInterval = TimeSpan.FromMinutes(1);
        options.MaxSessionsPerUser = 5;
        options.IdleTimeout = TimeSpan.FromHours(1);
        options.AbsoluteLifetime = TimeSpan.FromHours(24);
        options.RevokeOnPasswordChange = false;
        options.RevokeOnSecurityStampChange = false;
        options.RepeatedFailures = new RepeatedFailuresOptions { Threshold = 3 };
        options.RequestClientHints = true;
        options.NativeAppNames.Add("MyApp");
        options.IpAddressMode = IpAddressMode.Truncated;
        options.IpAddressResolver = _ => null;
        options.CoordinateDecimals = 1;
        options.SweepInterval = TimeSpan.FromMinutes(30);
        options.EventRetention = TimeSpan.FromDays(30);
        options.EndedSessionRetention = TimeSpan.FromDays(30);
        options.AdoptExistingSessions = false;
        options.AdoptUnknownBefore = DateTimeOffset.UnixEpoch;
        options.OnTrackingFailure = TrackingFailureMode.Refuse;
        options.TrackingTimeout = TimeSpan.FromSeconds(5);
        options.DeviceCookie.Name = "device";
        options.OnUserDeleted = DeletedUserMode.KeepUnlinked;
        options.AddSessionIdClaim = true;
    }

    private static IEnumerable<string> Names(Type options, string prefix = "") => options
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => property.PropertyType is { IsClass: true } type && type.Assembly == typeof(UserSessionOptions).Assembly
            ? Names(type, $"{prefix}{property.Name}.")
            : [prefix + property.Name]);

    private static async Task<Dictionary<string, string>> RowsAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Tool.Repository, "docs", "options.md"));
        return lines.Select(line => Row().Match(line)).Where(row => row.Success).ToDictionary(row => row.Groups[1].Value, row => row.Value);
    }

    [GeneratedRegex(@"^\| `([\w.]+)` \|.*$")]
    private static partial Regex Row();

}
