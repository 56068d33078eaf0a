using System.Text.Encodings.Web;
using System.Text.Json;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.Identity.Locations;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Administration;

/// <summary>An ending as the row keeps it, in the 2,048 characters that there are.</summary>
internal static class EndingJson
{
    private static readonly StoredJson _json = new(new JsonSerializerOptions(StoredJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(SessionEnding ending)
    {
        var note = ending.Note;
        while (true)
        {
            var text = JsonSerializer.Serialize(Stored(ending, note), _json.StoredEnding);
            if (text.Length <= ColumnLengths.ByProperty[nameof(IdentitySessionLease.LastResult)] || note is null or "")
            {
                return text;
            }

            note = ColumnLengths.Cut(note, note.Length / 2);
        }
    }

    public static SessionEnding? Read(Guid id, string? text)
    {
        if (text is null || JsonSerializer.Deserialize(text, _json.StoredEnding) is not { } stored)
        {
            return null;
        }

        // A condition that can't be read must not be left out: that would end more than was asked.
        var network = IpNetworks.Parse(stored.Network);
        if (network is null && stored.Network is not null)
        {
            return null;
        }

        return new SessionEnding
        {
            Id = id,
            Search = new UserSessionSearch
            {
                UserId = stored.User,
                Network = network,
                CountryCode = stored.Country,
                Device = stored.Device,
                Method = stored.Method,
                From = stored.From,
                Before = stored.Before,
            },
            Keep = stored.Keep,
            ActorId = stored.Actor,
            Note = stored.Note,
            StartedAt = stored.Started,
            Expected = stored.Expected,
            Ended = stored.Ended,
            Last = stored.Last,
            EndedInWalk = stored.InWalk,
        };
    }

    private static StoredEnding Stored(SessionEnding ending, string? note) => new()
    {
        User = ending.Search.UserId,
        Network = ending.Search.Network is { } network ? IpNetworks.Text(network) : null,
        Country = ending.Search.CountryCode,
        Device = ending.Search.Device,
        Method = ending.Search.Method,
        From = ending.Search.From,
        Before = ending.Search.Before,
        Keep = ending.Keep,
        Actor = ending.ActorId,
        Note = note,
        Started = ending.StartedAt,
        Expected = ending.Expected,
        Ended = ending.Ended,
        Last = ending.Last,
        InWalk = ending.EndedInWalk,
    };
}

/// <summary>The document.</summary>
internal sealed record StoredEnding
{
    public string? User { get; init; }

    public string? Network { get; init; }

    public string? Country { get; init; }

    public string? Device { get; init; }

    public string? Method { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Before { get; init; }

    public Guid? Keep { get; init; }

    public string? Actor { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset Started { get; init; }

    public int Expected { get; init; }

    public int Ended { get; init; }

    public Guid? Last { get; init; }

    public int InWalk { get; init; }
}
