using System.Data;
using System.Data.Common;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>A prepared look-up on an open connection to a SQLite file. For one thread at a time.</summary>
internal sealed class HeldLookup : IDisposable
{
    private readonly DbConnection _connection;
    private readonly DbCommand _command;
    private readonly DbParameter _key;
    private readonly string _file;
    private readonly DateTime _born;

    public HeldLookup(string connectionString, DbConnection connection, DbCommand command, DbParameter key)
    {
        ConnectionString = connectionString;
        _connection = connection;
        _command = command;
        _key = key;
        _file = connection.DataSource;
        _born = File.GetCreationTimeUtc(_file);
    }

    public string ConnectionString { get; }

    /// <summary>Whether the file is still the one that was opened: an open handle would go on reading a deleted one.</summary>
    public bool IsCurrent() => File.GetCreationTimeUtc(_file) == _born;

    public DbDataReader Execute(object? key)
    {
        _key.Value = key;
        return _command.ExecuteReader(CommandBehavior.SingleRow);
    }

    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
    }
}
