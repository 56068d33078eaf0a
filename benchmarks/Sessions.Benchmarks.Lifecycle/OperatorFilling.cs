namespace Sessions.Benchmarks.Lifecycle;

/// <summary>Rows as varied as those that operators look through, made by PostgreSQL from a row's number, so that they are the same at every run.</summary>
/// <remarks>Number 1 is the newest event: the newest 100,000 are the same in a large database as in a small one. Written oldest first, as an app writes them.</remarks>
internal static class OperatorFilling
{
    /// <summary>Events in a day: the same in every database, whatever it holds.</summary>
    public const int EventsPerDay = 10_000;

    /// <summary>Every so many events a session begins.</summary>
    public const int EventsPerSession = 10;

    /// <summary>How a row gets its values. A value depends on the number of the row and on which value it is, and nothing else.</summary>
    /// <remarks>STABLE, although they are immutable: what they call is not said to be, and PostgreSQL would not put them in line. So does OFFSET 0 below keep a value from being made anew at each use.</remarks>
    public static string[] Functions(string newest) =>
    [
        // From 0 to below "below".
        """
        CREATE FUNCTION any_of(n bigint, which int, below int) RETURNS int STABLE PARALLEL SAFE LANGUAGE sql AS
        $$ SELECT ((hashint8extended(n, which) & 9007199254740991) % below)::int $$
        """,
        $"""
        CREATE FUNCTION time_of(n bigint) RETURNS timestamptz STABLE PARALLEL SAFE LANGUAGE sql AS
        $$ SELECT timestamptz '{newest}' - n * interval '{86_400.0 / EventsPerDay} seconds' $$
        """,
        """
        CREATE FUNCTION id_of(n bigint, what text) RETURNS uuid STABLE PARALLEL SAFE LANGUAGE sql AS
        $$ SELECT (lpad(to_hex((extract(epoch FROM time_of(n)) * 1000)::bigint), 12, '0') || '7' || substr(md5(what || n), 1, 3) || '8' || substr(md5(what || n), 4, 15))::uuid $$
        """,

        // Number 0 to 2^32 - 1 is an IPv4 address; above it, one of IPv6.
        """
        CREATE FUNCTION bytes_of(address bigint) RETURNS bytea STABLE PARALLEL SAFE LANGUAGE sql AS
        $$ SELECT decode(CASE WHEN address < 4294967296 THEN '00000000000000000000ffff' || lpad(to_hex(address), 8, '0') ELSE '20010db8' || lpad(to_hex(address), 24, '0') END, 'hex') $$
        """,
        """
        CREATE FUNCTION text_of(address bigint) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS
        $$ SELECT CASE WHEN address < 4294967296
             THEN (address >> 24) || '.' || ((address >> 16) & 255) || '.' || ((address >> 8) & 255) || '.' || (address & 255)
             ELSE host(('2001:db8::' || to_hex((address >> 32) & 65535) || ':' || to_hex((address >> 16) & 65535) || ':' || to_hex(address & 65535))::inet) END $$
        """,

        // People have three addresses each, one in ten of them by IPv6. One /24 hammers, one address of it most; 500 events come from another, whatever the database holds.
        """
        CREATE FUNCTION address_of(n bigint, person int, fails boolean, every int) RETURNS bigint STABLE PARALLEL SAFE LANGUAGE sql AS
        $$ SELECT CASE
             WHEN n % every = 3 THEN 3323070208 + any_of(n, 20, 200)
             WHEN fails AND any_of(n, 21, 10) < 2 THEN 3325256711
             WHEN fails AND any_of(n, 21, 10) < 4 THEN 3325256704 + any_of(n, 22, 200)
             ELSE (hashint8extended(person * 3 + any_of(n, 23, 3), 24) & 4294967295) + CASE WHEN person % 10 = 0 THEN 4294967296 * 7 ELSE 0 END END $$
        """,
    ];

    public static string People(int count) =>
        $"""
        INSERT INTO "AspNetUsers" ("Id", "UserName", "NormalizedUserName", "Email", "NormalizedEmail", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
        SELECT 'user' || n, name, upper(name), name || '@example.com', upper(name || '@example.com'), true, false, false, false, 0
        FROM (SELECT n, substr(md5('person' || n), 1, 8) || n AS name FROM generate_series(0, {count - 1}) AS n) AS person
        """;

    public static string Events(int count, int people) =>
        $"""
        INSERT INTO "AspNetSessionEvents" ("Id", "Kind", "UserId", "SessionId", "Scheme", "Identity", "DeviceId", "SignInMethod", "Provider", "FailureReason", "EndReason", "EndScope",
            "IpAddress", "IpAddressBytes", "UserAgent", "Browser", "BrowserVersion", "OperatingSystem", "OperatingSystemVersion", "DeviceType", "CountryCode", "Country", "City",
            "Latitude", "Longitude", "IsNewDevice", "IsImpossibleTravel", "WriteKey", "OccurredAt")
        SELECT id_of(n, 'event'), kind, CASE WHEN NOT fails THEN 'user' || person END,
            CASE WHEN NOT fails THEN id_of(n - n % {EventsPerSession}, 'session') END, 'Identity.Application',
            CASE WHEN fails THEN CASE WHEN any_of(n, 5, 20) = 0 THEN 'admin@example.com' WHEN any_of(n, 5, 20) < 12 THEN substr(md5('person' || person), 1, 8) || person || '@example.com' ELSE 'nobody' || any_of(n, 6, 1000000) END END,
            'device' || (person * 3 + any_of(n, 4, 3)), method, CASE method WHEN 'external' THEN 'Google' END,
            CASE WHEN fails THEN CASE WHEN far THEN 'rate_limited' WHEN any_of(n, 5, 20) >= 12 THEN 'unknown_user' WHEN any_of(n, 7, 25) = 0 THEN 'locked_out' ELSE 'wrong_password' END END,
            CASE kind WHEN 'Revoked' THEN 'RevokedByUser' WHEN 'SignedOut' THEN 'SignedOut' WHEN 'Expired' THEN 'Expired' END, CASE kind WHEN 'Revoked' THEN 'One' END,
            text_of(address), bytes_of(address), 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
            CASE WHEN far THEN 'Konqueror' ELSE (ARRAY['Chrome', 'Chrome', 'Chrome', 'Safari', 'Firefox', 'Edge'])[1 + any_of(n, 8, 6)] END, (120 + any_of(n, 9, 23)) || '.0',
            (ARRAY['Windows', 'Windows', 'iOS', 'Android', 'macOS', 'Linux'])[1 + any_of(n, 10, 6)], (10 + any_of(n, 11, 8))::text, 'desktop',
            CASE WHEN far THEN 'IS' ELSE (ARRAY['ES', 'DE', 'FR', 'US', 'US', 'GB', 'IT', 'PT', 'BR', 'MX', 'JP', 'NL'])[1 + any_of(person, 12, 12)] END, 'Somewhere', 'City' || any_of(person, 13, 500),
            40.4, -3.7, kind = 'SignedIn' AND any_of(n, 14, 50) = 0, kind = 'SignedIn' AND any_of(n, 15, 1000) = 0, 'fill:' || n, time_of(n)
        FROM (SELECT part.*, kind = 'SignInFailed' AS fails, address_of(n, person, kind = 'SignInFailed', {count / 500}) AS address, n > {count} - 3 AS far,
                (ARRAY['password', 'password', 'password', 'password', 'passkey', 'external'])[1 + any_of(n, 3, 6)] AS method
              FROM (SELECT n, any_of(n - n % {EventsPerSession}, 1, {people}) AS person,
                      CASE WHEN n % {EventsPerSession} = 0 THEN 'SignedIn' WHEN n > {count} - 3 THEN 'SignInFailed'
                        ELSE (ARRAY['SignedIn', 'SignedIn', 'SignedIn', 'SignedIn', 'SignInFailed', 'SignInFailed', 'SignedOut', 'SignedOut', 'Expired', 'Revoked'])[1 + any_of(n, 2, 10)] END AS kind
                    FROM generate_series({count}::bigint, 1, -1) AS n OFFSET 0) AS part OFFSET 0) AS row
        """;

    public static string Sessions(int count, int people) =>
        $"""
        INSERT INTO "AspNetUserSessions" ("Id", "UserId", "KeyDigest", "Scheme", "DeviceId", "SignInMethod", "Provider", "IpAddress", "IpAddressBytes", "LastSeenIpAddress", "UserAgent",
            "Browser", "BrowserVersion", "OperatingSystem", "OperatingSystemVersion", "DeviceType", "CountryCode", "Country", "City",
            "IsPersistent", "IsAdopted", "CreatedAt", "LastSeenAt", "ExpiresAt", "EndedAt", "EndReason")
        SELECT id_of(n, 'session'), 'user' || person, md5('key' || n) || md5(n::text), 'Identity.Application', 'device' || (person * 3 + any_of(n, 4, 3)),
            method, CASE method WHEN 'external' THEN 'Google' END, text_of(address), bytes_of(address), text_of(address),
            'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
            CASE WHEN far THEN 'Konqueror' ELSE (ARRAY['Chrome', 'Chrome', 'Chrome', 'Safari', 'Firefox', 'Edge'])[1 + any_of(n, 8, 6)] END, (120 + any_of(n, 9, 23)) || '.0',
            (ARRAY['Windows', 'Windows', 'iOS', 'Android', 'macOS', 'Linux'])[1 + any_of(n, 10, 6)], (10 + any_of(n, 11, 8))::text, 'desktop',
            CASE WHEN far THEN 'IS' ELSE (ARRAY['ES', 'DE', 'FR', 'US', 'US', 'GB', 'IT', 'PT', 'BR', 'MX', 'JP', 'NL'])[1 + any_of(person, 12, 12)] END, 'Somewhere', 'City' || any_of(person, 13, 500),
            true, false, time_of(n), time_of(n), time_of(0) + interval '14 days', CASE WHEN any_of(n, 16, 2) = 0 THEN time_of(n - 5) END, CASE WHEN any_of(n, 16, 2) = 0 THEN 'SignedOut' END
        FROM (SELECT part.*, address_of(n / {EventsPerSession}, person, any_of(n, 17, 10) = 0, {count / 500}) AS address, n > ({count} - 3) * {EventsPerSession} AS far,
                (ARRAY['password', 'password', 'password', 'password', 'passkey', 'external'])[1 + any_of(n, 3, 6)] AS method
              FROM (SELECT n * {EventsPerSession} AS n, any_of(n * {EventsPerSession}, 1, {people}) AS person FROM generate_series({count}::bigint, 1, -1) AS n OFFSET 0) AS part OFFSET 0) AS row
        """;
}
