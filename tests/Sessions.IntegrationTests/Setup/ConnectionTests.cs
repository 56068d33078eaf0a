using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Sessions.Identity;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>However the host's context gets its connection, ours gets it in the same way.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task An_interceptor_that_says_where_to_connect_is_heard()
    {
        await using var database = TestDatabase.Sqlite();

        await SignInAsync(options => options.UseSqlite("Data Source=:memory:;Mode=ReadOnly").AddInterceptors(new Redirect(database.ConnectionString)));
        await using var other = TestDatabase.Sqlite();
        await SignInAsync(options => options.UseSqlite("Data Source=/nowhere/at/all.db").AddInterceptors(new Redirect(other.ConnectionString)));
    }

    [Fact]
    public async Task So_is_one_that_another_library_brings()
    {
        await using var database = TestDatabase.Sqlite();

        await SignInAsync(options =>
        {
            options.UseSqlite("Data Source=/nowhere/at/all.db");
            ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new RedirectExtension(database.ConnectionString));
        });
    }

    [Fact]
    public async Task One_open_connection_to_memory_is_shared()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();

        await SignInAsync(options => options.UseSqlite(connection));
    }

    [Fact]
    public async Task A_named_database_in_memory_is_found()
    {
        var connectionString = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        await using var keepsItAlive = new SqliteConnection(connectionString);
        await keepsItAlive.OpenAsync();

        await SignInAsync(options => options.UseSqlite(connectionString));
    }

    [Fact]
    public async Task A_file_with_a_shared_cache_as_the_templates_have_it_is_read_by_a_plain_command()
    {
        await using var database = TestDatabase.Sqlite();
        var connectionString = database.ConnectionString + ";Cache=Shared";

        await SignInAsync(options => options.UseSqlite(connectionString));

        Assert.NotNull(PlainConnection.StringOf(new DbContextOptionsBuilder().UseSqlite(connectionString).Options));
    }

    [Fact]
    public async Task A_data_source_of_postgres_is_used()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        await using var source = new Npgsql.NpgsqlDataSourceBuilder(database.ConnectionString).Build();

        await SignInAsync(options => options.UseNpgsql(source));
    }

    [Theory]
    [InlineData("Pooling=false")]
    [InlineData("Multiplexing=true")]
    [InlineData("Minimum Pool Size=20;Maximum Pool Size=40")]
    [InlineData("Maximum Pool Size=1;No Reset On Close=true;Enlist=false")]
    public async Task However_a_host_of_postgres_sets_its_pool_sessions_are_looked_up(string setting)
    {
        await using var database = await TestDatabase.CreateAsync("postgres");

        await SignInAsync(options => options.UseNpgsql($"{database.ConnectionString};{setting}"));
    }

    [Fact]
    public void With_a_driver_that_does_not_know_a_setting_of_ours_the_hosts_own_pool_serves() =>
        Assert.Equal("Data Source=app.db", new LookupConnectionStrings(SqliteFactory.Instance).For("Data Source=app.db"));

    [Fact]
    public async Task What_a_host_sets_on_a_connection_is_still_undone_before_its_next_use()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        await using var app = await StartAsync(options => options.UseNpgsql(database.ConnectionString + ";Maximum Pool Size=1"));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PlainDb>().Database.ExecuteSqlRawAsync("SET search_path = nowhere");
        }

        await app.SignInFailRevokeAndSignOutAsync();

        Assert.Empty(app.Warnings);
    }

    [Fact]
    public async Task However_many_requests_come_at_once_the_look_ups_of_postgres_take_a_few_connections()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        await using var app = await StartAsync(options => options.UseNpgsql(database.ConnectionString));
        var device = app.NewDevice();
        await device.SignInAsync();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => device.IsSignedInAsync())), Assert.True);

        await using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%\"KeyDigest\" =%'";
        Assert.InRange((long)(await count.ExecuteScalarAsync())!, 1, Math.Max(16, Environment.ProcessorCount * 2));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_provider_that_retries_by_itself_works(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        await SignInAsync(options => _ = provider == "sqlite"
            ? options.UseSqlite(database.ConnectionString)
            : options.UseNpgsql(database.ConnectionString, postgres => postgres.EnableRetryOnFailure()));
    }

    private static async Task<HostApp<IdentityUser>> StartAsync(Action<DbContextOptionsBuilder> use)
    {
        var app = await HostApp<IdentityUser>.StartAsync(
            builder =>
            {
                builder.Services.AddDbContext<PlainDb>(use);
                builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>().AddSessions();
            },
            typeof(PlainDb));
        await app.CreateUserAsync();
        return app;
    }

    // Bounded: a driver's ways that its makers call experimental are among them.
    private static Task SignInAsync(Action<DbContextOptionsBuilder> use) => SignInWithAsync(use).WaitAsync(TimeSpan.FromMinutes(2));

    private static async Task SignInWithAsync(Action<DbContextOptionsBuilder> use)
    {
        await using var app = await StartAsync(use);

        await app.SignInFailRevokeAndSignOutAsync();

        Assert.Equal(2, (await app.RowsAsync<PlainDb, IdentityUserSession<string>>()).Count);
        Assert.Empty(app.Warnings);
    }

    private sealed class Redirect(string connectionString) : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            connection.ConnectionString = connectionString;
            return result;
        }

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(ConnectionOpening(connection, eventData, result));
    }

    private sealed class RedirectExtension(string connectionString) : IDbContextOptionsExtension
    {
        public DbContextOptionsExtensionInfo Info => new RedirectInfo(this);

        public void ApplyServices(IServiceCollection services) => services.AddSingleton<IInterceptor>(new Redirect(connectionString));

        public void Validate(IDbContextOptions options)
        {
        }
    }

    private sealed class RedirectInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => Extension.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => ReferenceEquals(other.Extension, Extension);

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
