using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The look-up as a plain, prepared command on the context's own connection string. docs/performance.md has what that saves.</summary>
internal sealed class LookupCommand : IDisposable
{
    // SQLite looks at its limit only after each of its own waits for a lock, which are shorter than this.
    private static readonly TimeSpan _lastWait = TimeSpan.FromMilliseconds(500);

    private readonly DbProviderFactory _factory;
    private readonly LookupColumns _columns;
    private readonly RelationalTypeMapping _keyMapping;
    private readonly LookupReader _reader;
    private readonly int _timeoutSeconds;
    private readonly bool _blocks;
    private readonly HeldLookups? _held;
    private readonly LookupConnectionStrings? _own;
    private volatile bool _prepares = true;

    public LookupCommand(DbProviderFactory factory, LookupColumns columns, TimeSpan timeout, bool blocks)
    {
        _factory = factory;
        _columns = columns;
        _keyMapping = columns.Key.GetRelationalTypeMapping();
        _reader = new LookupReader(columns.Selected);

        // Whole seconds is all that ADO.NET knows. One that blocks gives up a second before our own limit, so that it can run in place.
        _timeoutSeconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds) - (blocks ? 1 : 0));
        _blocks = blocks;

        // On Windows an open file can't be deleted, and hosts delete theirs, in tests above all.
        _held = blocks && !OperatingSystem.IsWindows() ? new HeldLookups(Open) : null;
        _own = blocks ? null : new LookupConnectionStrings(factory);
    }

    /// <summary>Whether the command keeps to that time without a thread of its own: it waits without blocking, or gives up well before.</summary>
    public bool CanRunInPlace(TimeSpan left) => !_blocks || left >= TimeSpan.FromSeconds(_timeoutSeconds) + _lastWait;

    public Task<SessionRecord?> FindAsync(string connectionString, string keyDigest, CancellationToken cancellationToken) =>
        _held is { } held ? Task.FromResult(Find(held, connectionString, keyDigest)) : AskAsync(connectionString, keyDigest, cancellationToken);

    public void Dispose() => _held?.Dispose();

    private SessionRecord? Find(HeldLookups held, string connectionString, string keyDigest)
    {
        var lookup = held.Rent(connectionString);
        try
        {
            SessionRecord? session;
            using (var reader = lookup.Execute(Provided(keyDigest)))
            {
                session = reader.Read() ? _reader.Read(reader) : null;
            }

            held.Return(lookup);
            return session;
        }
        catch
        {
            lookup.Dispose();
            throw;
        }
    }

    private async Task<SessionRecord?> AskAsync(string connectionString, string keyDigest, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(connectionString, keyDigest, _prepares, cancellationToken);
        }
        catch (DbException fault) when (_prepares && IsAboutPreparing(fault))
        {
            // A pooler in between hands out other connections of the server: there nothing stays prepared.
            _prepares = false;
            return await AskAsync(connectionString, keyDigest, prepares: false, cancellationToken);
        }
    }

    private async Task<SessionRecord?> AskAsync(string connectionString, string keyDigest, bool prepares, CancellationToken cancellationToken)
    {
        await using var connection = _factory.CreateConnection()!;
        connection.ConnectionString = _own?.For(connectionString) ?? connectionString;
        await connection.OpenAsync(cancellationToken);
        await using var command = Command(connection, keyDigest);
        if (prepares && !_blocks)
        {
            // Once per connection of the pool: the driver knows the statement again.
            await command.PrepareAsync(cancellationToken);
        }

        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? _reader.Read(reader) : null;
    }

    private HeldLookup Open(string connectionString)
    {
        var connection = _factory.CreateConnection()!;
        try
        {
            connection.ConnectionString = Unpooled(connectionString);
            connection.Open();
            var command = Command(connection, string.Empty);
            command.Prepare();
            return new HeldLookup(connectionString, connection, command, command.Parameters[0]);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A pool would hand a file's old handle out again after the file was replaced.
    private string Unpooled(string connectionString)
    {
        var builder = _factory.CreateConnectionStringBuilder() ?? new DbConnectionStringBuilder();
        builder.ConnectionString = connectionString;
        builder["Pooling"] = false;
        return builder.ConnectionString;
    }

    private DbCommand Command(DbConnection connection, string keyDigest)
    {
        var command = connection.CreateCommand();
        command.CommandText = _columns.Sql;
        command.CommandTimeout = _timeoutSeconds;
        command.Parameters.Add(_keyMapping.CreateParameter(command, _columns.ParameterName, keyDigest, nullable: false));
        return command;
    }

    // The host may keep the digest in another form, by a value converter.
    private object? Provided(string keyDigest) => _keyMapping.Converter is { } converter ? converter.ConvertToProvider(keyDigest) : keyDigest;

    // SQLSTATE: a prepared statement that the server does not know, or knows already.
    private static bool IsAboutPreparing(DbException fault) => fault.SqlState is "26000" or "42P05";
}
