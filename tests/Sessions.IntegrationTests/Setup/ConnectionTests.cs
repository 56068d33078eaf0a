using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Sessions.Identity;
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
    public async Task A_data_source_of_postgres_is_used()
    {
        await using var database = await TestDatabase.CreateAsync("postgres");
        await using var source = new Npgsql.NpgsqlDataSourceBuilder(database.ConnectionString).Build();

        await SignInAsync(options => options.UseNpgsql(source));
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

    private static async Task SignInAsync(Action<DbContextOptionsBuilder> use)
    {
        await using var app = await HostApp<IdentityUser>.StartAsync(
            builder =>
            {
                builder.Services.AddDbContext<PlainDb>(use);
                builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>().AddSessions();
            },
            typeof(PlainDb));
        await app.CreateUserAsync();

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
