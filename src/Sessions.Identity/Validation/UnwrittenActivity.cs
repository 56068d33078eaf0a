using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Validation;

/// <summary>Signs of life that could not be written. Who was active in an outage must not be found idle after it.</summary>
internal sealed class UnwrittenActivity(IOptions<UserSessionOptions> options)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = new();

    // Of requests whose session could not even be looked up: by the digest of their key.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unread = new(StringComparer.Ordinal);

    private bool IsOn => options.Value.IdleTimeout is not null;

    /// <summary>A request's look-up gave no answer.</summary>
    public void RememberUnread(string keyDigest, DateTimeOffset at)
    {
        if (IsOn)
        {
            Remember(_unread, keyDigest, at);
        }
    }

    /// <summary>A look-up gave an answer again.</summary>
    public void Read(string keyDigest, Guid sessionId)
    {
        if (IsOn && _unread.TryRemove(keyDigest, out var at))
        {
            Remember(_seen, sessionId, at);
        }
    }

    /// <summary>A sign of life of a session could not be written.</summary>
    public void Remember(Guid sessionId, DateTimeOffset at)
    {
        if (IsOn)
        {
            Remember(_seen, sessionId, at);
        }
    }

    public void Forget(Guid sessionId) => _seen.TryRemove(sessionId, out _);

    public DateTimeOffset LastSeen(Guid sessionId, DateTimeOffset written) =>
        _seen.TryGetValue(sessionId, out var at) && at > written ? at : written;

    /// <summary>What is remembered of sessions.</summary>
    public IReadOnlyList<(Guid SessionId, DateTimeOffset At)> Seen() => [.. _seen.Select(entry => (entry.Key, entry.Value))];

    /// <summary>The digests of the keys whose session could not be looked up.</summary>
    public IReadOnlyList<string> Unread() => [.. _unread.Keys];

    private void Remember<TKey>(ConcurrentDictionary<TKey, DateTimeOffset> seen, TKey key, DateTimeOffset at)
        where TKey : notnull
    {
        if (seen.Count >= Most && !seen.ContainsKey(key))
        {
            Drop(seen, SessionExpiry.Before(at, options.Value.IdleTimeout));
        }

        if (seen.Count < Most || seen.ContainsKey(key))
        {
            seen.AddOrUpdate(key, at, (_, known) => at > known ? at : known);
        }
    }

    // Of no use any more: idle all the same.
    private static void Drop<TKey>(ConcurrentDictionary<TKey, DateTimeOffset> seen, DateTimeOffset before)
        where TKey : notnull
    {
        foreach (var entry in seen.Where(entry => entry.Value <= before))
        {
            seen.TryRemove(entry);
        }
    }
}
