namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The names of the providers that are treated in a way of their own.</summary>
internal static class ProviderNames
{
    /// <summary>A library within the process: its asynchronous calls block.</summary>
    public const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";

    public const string Postgres = "Npgsql.EntityFrameworkCore.PostgreSQL";

    public const string SqlServer = "Microsoft.EntityFrameworkCore.SqlServer";
}
