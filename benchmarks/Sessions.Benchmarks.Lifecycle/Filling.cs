namespace Sessions.Benchmarks.Lifecycle;

/// <summary>Rows as an app has them after a while, made by the database itself.</summary>
internal static class Filling
{
    /// <summary>Events of people who are long gone by retention, or not, a few seconds apart.</summary>
    public static string Events(bool isPostgres, int count, int people, string newest) => isPostgres
        ? $"""
          INSERT INTO "AspNetSessionEvents" ("Id", "Kind", "UserId", "SessionId", "DeviceId", "IpAddress", "UserAgent", "Browser", "CountryCode", "City", "IsNewDevice", "IsImpossibleTravel", "WriteKey", "OccurredAt")
          SELECT gen_random_uuid(), 'SignedIn', 'user' || (n % {people}), gen_random_uuid(), 'device' || (n % {people * 2}), '203.0.113.7',
                 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome', 'ES', 'Madrid', false, false, 'fill:' || '{newest}' || n,
                 timestamptz '{newest}' - n * interval '3 seconds'
          FROM generate_series(1, {count}) AS n
          """
        : $"""
          WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
          INSERT INTO "AspNetSessionEvents" ("Id", "Kind", "UserId", "SessionId", "DeviceId", "IpAddress", "UserAgent", "Browser", "CountryCode", "City", "IsNewDevice", "IsImpossibleTravel", "WriteKey", "OccurredAt")
          SELECT {SqliteGuid}, 'SignedIn', 'user' || (n % {people}), {SqliteGuid}, 'device' || (n % {people * 2}), '203.0.113.7',
                 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome', 'ES', 'Madrid', 0, 0, 'fill:{newest}' || n,
                 strftime('%Y-%m-%d %H:%M:%S', '{newest}', '-' || (n * 3) || ' seconds')
          FROM numbers
          """;

    /// <summary>Sessions of theirs, ended or live.</summary>
    public static string Sessions(bool isPostgres, int count, int people, string newest, bool areEnded) => isPostgres
        ? $"""
          INSERT INTO "AspNetUserSessions" ("Id", "UserId", "KeyDigest", "Scheme", "DeviceId", "IpAddress", "UserAgent", "Browser", "IsPersistent", "IsAdopted", "CreatedAt", "LastSeenAt", "ExpiresAt", "EndedAt", "EndReason")
          SELECT gen_random_uuid(), 'user' || (n % {people}), md5('{newest}' || n) || md5(n::text), 'Identity.Application', 'device' || (n % {people * 2}), '203.0.113.7',
                 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome', true, false,
                 timestamptz '{newest}' - n * interval '3 seconds', timestamptz '{newest}', timestamptz '{newest}' + interval '14 days',
                 {(areEnded ? $"timestamptz '{newest}' - n * interval '3 seconds', 'SignedOut'" : "NULL, NULL")}
          FROM generate_series(1, {count}) AS n
          """
        : $"""
          WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
          INSERT INTO "AspNetUserSessions" ("Id", "UserId", "KeyDigest", "Scheme", "DeviceId", "IpAddress", "UserAgent", "Browser", "IsPersistent", "IsAdopted", "CreatedAt", "LastSeenAt", "ExpiresAt", "EndedAt", "EndReason")
          SELECT {SqliteGuid}, 'user' || (n % {people}), hex(randomblob(32)), 'Identity.Application', 'device' || (n % {people * 2}), '203.0.113.7',
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

    private const string SqliteGuid =
        "printf('%s-%s-7%s-8%s-%s', hex(randomblob(4)), hex(randomblob(2)), substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))";
}
