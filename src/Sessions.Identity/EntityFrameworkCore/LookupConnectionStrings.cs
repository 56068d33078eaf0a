using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// Gives the look-ups of a PostgreSQL database a few connections of their own. A pool that is shared must undo, before each use, whatever the last
/// user set: seven statements around our one. The look-up sets nothing, so among its own kind there is nothing to undo.
/// </summary>
internal sealed class LookupConnectionStrings(DbProviderFactory factory)
{
    // A database per tenant may bring many; what is beyond is made anew each time.
    private const int MostKept = 256;

    // A look-up holds one for as long as the server is away: the rest wait their turn, within their time.
    private static readonly int _fewConnections = Math.Max(16, Environment.ProcessorCount * 2);

    private readonly ConcurrentDictionary<string, string> _kept = new();

    /// <returns>The host's connection string, for connections that only look up.</returns>
    public string For(string connectionString)
    {
        if (_kept.TryGetValue(connectionString, out var kept))
        {
            return kept;
        }

        var made = Make(connectionString);
        if (_kept.Count < MostKept)
        {
            _kept.TryAdd(connectionString, made);
        }

        return made;
    }

    private string Make(string connectionString)
    {
        if (factory.CreateConnectionStringBuilder() is not { } builder)
        {
            return connectionString;
        }

        try
        {
            builder.ConnectionString = connectionString;
            builder["No Reset On Close"] = true;
            builder["Multiplexing"] = false; // knows no statement that was prepared by hand
            builder["Minimum Pool Size"] = 0;
            builder["Maximum Pool Size"] = Most(Convert.ToInt32(builder["Maximum Pool Size"], CultureInfo.InvariantCulture));
            return builder.ConnectionString;
        }
        catch (ArgumentException)
        {
            // A version of the driver that has one of these no more: a check that fails at every request would sign nobody out.
            return connectionString;
        }
    }

    // A host whose server is far away sets its own pool larger, and ours grows with it.
    private static int Most(int ofHost) => Math.Min(ofHost, Math.Max(_fewConnections, ofHost / 4));
}
