using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>What a host says of its own model is respected, and both forms of the look-up follow it.</summary>
public abstract class HostModelTests<TShape>
    where TShape : IShape
{
    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("postgres", true)]
    [InlineData("postgres", false)]
    public async Task Everything_works_in_the_hosts_own_shape(string provider, bool plain)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, plain);
        await app.CreateUserAsync();

        await app.SignInFailRevokeAndSignOutAsync();

        Assert.Equal(2, (await RowsAsync<IdentityUserSession<string>>(app)).Count);
        Assert.Equal(5, (await RowsAsync<IdentitySessionEvent<string>>(app)).Count);
        Assert.Empty(app.Warnings);
        Assert.Equal(plain, await app.InScopeAsync(services => Task.FromResult(IsPlain(services))));
    }

    private protected static Task<HostApp<IdentityUser>> StartAsync(TestDatabase database, bool plain) => HostApp<IdentityUser>.StartAsync(
        builder =>
        {
            builder.Services.AddDbContext<ShapedDb<TShape>>(options =>
            {
                database.Use(options);
                if (!plain)
                {
                    options.AddInterceptors(new QuietInterceptor());
                }
            });
            builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<ShapedDb<TShape>>().AddSessions();
        },
        typeof(ShapedDb<TShape>));

    private protected static Task<List<TRow>> RowsAsync<TRow>(HostApp<IdentityUser> app)
        where TRow : class =>
        app.InScopeAsync(services => services.GetRequiredService<ShapedDb<TShape>>().Set<TRow>().AsNoTracking().IgnoreQueryFilters().ToListAsync());

    private static bool IsPlain(IServiceProvider services) =>
        LookupPlan.For<IdentityUser, string>(services.GetRequiredService<ShapedDb<TShape>>(), TimeSpan.FromSeconds(2)).Command is not null
        && PlainConnection.StringOf(services.GetRequiredService<DbContextOptions<ShapedDb<TShape>>>()) is not null;

    // Does nothing, but nobody can know that: where there is one, EF's own query is used.
    private sealed class QuietInterceptor : DbConnectionInterceptor;
}

public sealed class SnakeCaseTests : HostModelTests<SnakeCase>;

public sealed class OwnSchemaTests : HostModelTests<OwnSchema>;

public sealed class TimesAsTicksTests : HostModelTests<TimesAsTicks>;

public sealed class OwnConversionsTests : HostModelTests<OwnConversions>;

public sealed class QueryFiltersTests : HostModelTests<QueryFilters>;

public sealed class ShortStringsTests : HostModelTests<ShortStrings>;

public sealed class EncryptedTests : HostModelTests<Encrypted>
{
    [Fact]
    public async Task An_encrypted_column_is_no_text_in_the_database_and_text_in_the_app()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, plain: true);
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        var stored = await app.InScopeAsync(services => services.GetRequiredService<ShapedDb<Encrypted>>().Database
            .SqlQueryRaw<string>("""SELECT typeof("KeyDigest") || ',' || typeof("UserAgent") AS "Value" FROM "AspNetUserSessions" """).SingleAsync());

        Assert.Equal("blob,blob", stored);
        Assert.Equal(Device.ChromeOnWindows, Assert.Single(await RowsAsync<IdentityUserSession<string>>(app)).UserAgent);
    }
}

public sealed class RenamedTablesAndColumnsTests : HostModelTests<RenamedTablesAndColumns>
{
    [Fact]
    public async Task A_renamed_table_is_made_under_its_new_name_only()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, plain: true);

        var tables = await app.InScopeAsync(services => services.GetRequiredService<ShapedDb<RenamedTablesAndColumns>>().Database
            .SqlQueryRaw<string>("""SELECT name AS "Value" FROM sqlite_master WHERE type = 'table'""").ToListAsync());

        Assert.Contains("signed in \"devices\"", tables);
        Assert.DoesNotContain("AspNetUserSessions", tables);
        Assert.Contains("AspNetSessionEvents", tables);
    }
}
