using Sessions.Identity;

namespace Sessions.IntegrationTests.Interleavings;

/// <summary>The rules of sessions, as small as they can be told: what a step must do to the rows as they are.</summary>
internal sealed class Rules(IReadOnlyList<IdentityUserSession<string>> rows, IReadOnlyDictionary<Guid, DateTimeOffset> lastActive, string stampDigest, DateTimeOffset now)
{
    public const int Cap = 3;

    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    public static readonly TimeSpan Age = TimeSpan.FromHours(6);

    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(60);
    private static readonly string[] _stampReasons = [SessionEndReason.PasswordChanged, SessionEndReason.SecurityStampChanged];

    /// <summary>Which sessions must end, each for one of these reasons.</summary>
    public Dictionary<Guid, string[]> Ends { get; } = [];

    private IEnumerable<IdentityUserSession<string>> Live => rows.Where(row => row.EndedAt is null && !Ends.ContainsKey(row.Id));

    /// <summary>A request comes with a cookie of that session.</summary>
    /// <returns>Whether it is let in.</returns>
    public bool Arrive(IdentityUserSession<string>? session)
    {
        if (session is null)
        {
            return false;
        }

        if (session.EndedAt is { } endedAt)
        {
            return session.EndReason == SessionEndReason.Superseded && now - endedAt < _grace
                && Live.Any(row => row.DeviceId == session.DeviceId && !IsOver(row) && !IsStale(row));
        }

        string[] reasons = [.. IsOver(session) ? [SessionEndReason.Expired] : Array.Empty<string>(), .. IsStale(session) ? _stampReasons : []];
        if (reasons.Length > 0)
        {
            Ends[session.Id] = reasons;
        }

        return reasons.Length == 0;
    }

    /// <summary>A sign-in begins a session in a browser.</summary>
    public void SignIn(IdentityUserSession<string>? carried, string? deviceId)
    {
        Arrive(carried);
        End(SessionEndReason.Superseded, row => deviceId is not null && row.DeviceId == deviceId);
        var over = Live.Where(row => !IsOver(row)).OrderByDescending(row => row.CreatedAt).Skip(Cap - 1).Select(row => row.Id).ToHashSet();
        End(SessionEndReason.Pruned, row => over.Contains(row.Id));
    }

    /// <summary>A request signs out: of the newer session too, where its own was superseded while it was under way.</summary>
    public void SignOut(IdentityUserSession<string>? session)
    {
        if (Arrive(session))
        {
            End(SessionEndReason.SignedOut, row => row.Id == session!.Id || IsSuperseded(session, row.DeviceId));
        }
    }

    public void End(string reason, Func<IdentityUserSession<string>, bool> which)
    {
        foreach (var row in Live.Where(which).ToList())
        {
            Ends[row.Id] = [reason];
        }
    }

    public void Sweep() => End(SessionEndReason.Expired, IsOver);

    public bool IsLive(Guid id) => Live.Any(row => row.Id == id);

    /// <summary>
    /// Whether its user's stamp is another one: a sign-in that read the old one while it changed. Not where it superseded the session that changed it.
    /// </summary>
    public bool IsStale(IdentityUserSession<string> row) => row.StampDigest != stampDigest
        && !rows.Any(old => old.StampDigest == stampDigest && IsSuperseded(old, row.DeviceId));

    /// <summary>Whether it is one of that browser, which signed in again.</summary>
    public static bool IsSuperseded(IdentityUserSession<string>? row, string? deviceId) =>
        row is { EndReason: SessionEndReason.Superseded, DeviceId: not null } && row.DeviceId == deviceId;

    public bool IsOver(IdentityUserSession<string> row) => now - lastActive[row.Id] >= Idle || now - row.CreatedAt >= Age;
}
