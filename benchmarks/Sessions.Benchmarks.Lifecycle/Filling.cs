namespace Sessions.Benchmarks.Lifecycle;

/// <summary>Rows as an app has them after a while, made by the database itself: like the app's own, their ids are in the order of time.</summary>
internal static class Filling
{
    /// <summary>Events of people who are long gone by retention, or not, a few seconds apart.</summary>
    public static string Events(bool isPostgres, int count, int people, string newest) => isPostgres
        ? $"""
          INSERT INTO "AspNetSessionEvents" ("Id", "Kind", "UserId", "SessionId", "DeviceId", "IpAddress", "UserAgent", "Browser", "CountryCode", "City", "IsNewDevice", "IsImpossibleTravel", "WriteKey", "OccurredAt")
          SELECT {PostgresId(newest)}, 'SignedIn', 'user' || (n % {people}), {PostgresId(newest)}, 'device' || (n % {people * 2}), '203.0.113.7',
                 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome', 'ES', 'Madrid', false, false, 'begin:' || {PostgresId(newest)},
                 timestamptz '{newest}' - n * interval '3 seconds'
          FROM generate_series(1, {count}) AS n
          """
        : $"""
          WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
          INSERT INTO "AspNetSessionEvents" ("Id", "Kind", "UserId", "SessionId", "DeviceId", "IpAddress", "UserAgent", "Browser", "CountryCode", "City", "IsNewDevice", "IsImpossibleTravel", "WriteKey", "OccurredAt")
          SELECT {SqliteId(newest)}, 'SignedIn', 'user' || (n % {people}), {SqliteId(newest)}, 'device' || (n % {people * 2}), '203.0.113.7',
                 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome', 'ES', 'Madrid', 0, 0, 'begin:' || {SqliteId(newest)},
                 strftime('%Y-%m-%d %H:%M:%S', '{newest}', '-' || (n * 3) || ' seconds')
          FROM numbers
          """;

    /// <summary>Sessions of theirs, ended or live.</summary>
    public static string Sessions(bool isPostgres, int count, int people, string newest, bool areEnded) => isPostgres
        ? $"""
          INSERT INTO "AspNetUserSessions" ("Id", "UserId", "KeyDigest", "Scheme", "DeviceId", "IpAddress", "UserAgent", "Browser", "IsPersistent", "IsAdopted", "CreatedAt", "LastSeenAt", "ExpiresAt", "EndedAt", "EndReason")
          SELECT {PostgresId(newest)}, 'user' || (n % {people}), md5('{newest}' || n) || md5(n::text), 'Identity.Application', 'device' || (n % {people * 2}), '203.0.113.7',
                 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome', true, false,
                 timestamptz '{newest}' - n * interval '3 seconds', timestamptz '{newest}', timestamptz '{newest}' + interval '14 days',
                 {(areEnded ? $"timestamptz '{newest}' - n * interval '3 seconds', 'SignedOut'" : "NULL, NULL")}
          FROM generate_series(1, {count}) AS n
          """
        : $"""
          WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
          INSERT INTO "AspNetUserSessions" ("Id", "UserId", "KeyDigest", "Scheme", "DeviceId", "IpAddress", "UserAgent", "Browser", "IsPersistent", "IsAdopted", "CreatedAt", "LastSeenAt", "ExpiresAt", "EndedAt", "EndReason")
          SELECT {SqliteId(newest)}, 'user' || (n % {people}), hex(randomblob(32)), 'Identity.Application', 'device' || (n % {people * 2}), '203.0.113.7',
                 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome', 1, 0,
                 strftime('%Y-%m-%d %H:%M:%S', '{newest}', '-' || (n * 3) || ' seconds'), '{newest}', datetime('{newest}', '+14 days'),
                 {(areEnded ? $"strftime('%Y-%m-%d %H:%M:%S', '{newest}', '-' || (n * 3) || ' seconds'), 'SignedOut'" : "NULL, NULL")}
          FROM numbers
          """;

    /// <summary>People, by the ids that the rows above have.</summary>
    public static string People(bool isPostgres, int count) => isPostgres
        ? $"""
          INSERT INTO "AspNetUsers" ("Id", "UserName", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
          SELECT 'user' || n, 'user' || n, false, false, false, false, 0 FROM generate_series(0, {count - 1}) AS n
          """
        : $"""
          WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count - 1})
          INSERT INTO "AspNetUsers" ("Id", "UserName", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
          SELECT 'user' || n, 'user' || n, 0, 0, 0, 0, 0 FROM numbers
          """;

    // Version 7: 48 bits of milliseconds, and the rest at random (RFC 9562, 5.7).
    private static string PostgresId(string newest) =>
        $"(lpad(to_hex(extract(epoch FROM timestamptz '{newest}' - n * interval '3 seconds')::bigint * 1000), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid";

    private static string SqliteId(string newest)
    {
        var milliseconds = $"((unixepoch('{newest}') - n * 3) * 1000)";
        return $"printf('%08X-%04X-7%s-8%s-%s', {milliseconds} >> 16, {milliseconds} & 65535, substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))";
    }
}
