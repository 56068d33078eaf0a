using System.Globalization;
using Sessions.Identity;

namespace Sessions.UI.History;

/// <summary>An event as it is handed out to the person in a file: what the page shows, in plain values, and never what is for operators.</summary>
internal sealed record HistoryEntry
{
    public required DateTimeOffset Time { get; init; }

    public required string Event { get; init; }

    public string? Reason { get; init; }

    public required string Device { get; init; }

    public string? IpAddress { get; init; }

    public string? Place { get; init; }

    public string? CountryCode { get; init; }

    public string? Method { get; init; }

    public string? Provider { get; init; }

    public string? SecondFactor { get; init; }

    public string? TypedName { get; init; }

    public bool NewDevice { get; init; }

    public bool UnusualPlace { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>The names of the columns, in the order of <see cref="Values"/>.</summary>
    public static string[] Names { get; } =
    [
        "time", "event", "reason", "device", "ipAddress", "place", "countryCode", "method", "provider", "secondFactor", "typedName",
        "newDevice", "unusualPlace", "sessionId",
    ];

    public string?[] Values =>
    [
        Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), Event, Reason, Device, IpAddress, Place,
        CountryCode, Method, Provider, SecondFactor, TypedName, NewDevice ? "true" : "false", UnusualPlace ? "true" : "false", SessionId?.ToString(),
    ];

    public static HistoryEntry Of(SessionEventInfo info) => new()
    {
        Time = info.OccurredAt,
        Event = info.Kind,
        Reason = info.Reason,
        Device = info.DeviceName,
        IpAddress = info.IpAddress,
        Place = info.Location?.DisplayName,
        CountryCode = info.Location?.CountryCode,
        Method = info.SignInMethod,
        Provider = info.Provider,
        SecondFactor = info.SecondFactor,
        TypedName = info.Identity,
        NewDevice = info.IsNewDevice,
        UnusualPlace = info.IsImpossibleTravel,
        SessionId = info.SessionId,
    };
}
