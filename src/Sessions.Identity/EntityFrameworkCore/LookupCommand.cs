using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The look-up as a plain command on the context's own connection string. DESIGN.md §7 has what that saves.</summary>
internal sealed class LookupCommand
{
    // SQLite looks at its limit only after each of its own waits for a lock, which are shorter than this.
    private static readonly TimeSpan _lastWait = TimeSpan.FromMilliseconds(500);

    private readonly DbProviderFactory _factory;
    private readonly LookupColumns _columns;
    private readonly RelationalTypeMapping _keyMapping;
    private readonly Func<DbDataReader, object?>[] _readers;
    private readonly int _timeoutSeconds;
    private readonly bool _blocks;

    public LookupCommand(DbProviderFactory factory, LookupColumns columns, TimeSpan timeout, bool blocks)
    {
        _factory = factory;
        _columns = columns;
        _keyMapping = columns.Key.GetRelationalTypeMapping();
        _readers = [.. columns.Selected.Select(ColumnReader.For)];

        // Whole seconds is all that ADO.NET knows. One that blocks gives up a second before our own limit, so that it can run in place.
        _timeoutSeconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds) - (blocks ? 1 : 0));
        _blocks = blocks;
    }

    /// <summary>Whether the command keeps to that time without a thread of its own: it waits without blocking, or gives up well before.</summary>
    public bool CanRunInPlace(TimeSpan left) => !_blocks || left >= TimeSpan.FromSeconds(_timeoutSeconds) + _lastWait;

    public async Task<SessionRecord?> FindAsync(string connectionString, string keyDigest, CancellationToken cancellationToken)
    {
        await using var connection = _factory.CreateConnection()!;
        connection.ConnectionString = connectionString;
        await connection.OpenAsync(cancellationToken);

        await using var command = connection.CreateCommand();
        command.CommandText = _columns.Sql;
        command.CommandTimeout = _timeoutSeconds;
        command.Parameters.Add(_keyMapping.CreateParameter(command, _columns.ParameterName, keyDigest, nullable: false));

        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    private SessionRecord Read(DbDataReader reader) => new()
    {
        Id = (Guid)_readers[0](reader)!,
        UserId = Convert.ToString(_readers[1](reader), CultureInfo.InvariantCulture)!,
        Scheme = (string)_readers[2](reader)!,
        DeviceId = (string?)_readers[3](reader),
        StampDigest = (string?)_readers[4](reader),
        CreatedAt = (DateTimeOffset)_readers[5](reader)!,
        LastSeenAt = (DateTimeOffset)_readers[6](reader)!,
        ExpiresAt = (DateTimeOffset?)_readers[7](reader),
        AccessConfirmedAt = (DateTimeOffset?)_readers[8](reader),
        EndedAt = (DateTimeOffset?)_readers[9](reader),
        EndReason = (string?)_readers[10](reader),
        IsAdopted = (bool)_readers[11](reader)!,
        SecurityStamp = (string?)_readers[12](reader),
        LockoutEnd = (DateTimeOffset?)_readers[13](reader),
    };
}
