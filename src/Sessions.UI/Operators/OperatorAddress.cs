using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Sessions.Identity;
using Sessions.Identity.Locations;

namespace Sessions.UI.Operators;

/// <summary>The addresses of the operators' pages: all that is looked for stands in them, so that a link can be shared.</summary>
internal static class OperatorAddress
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm";
    public const string ExactFormat = "yyyy-MM-dd'T'HH:mm:ss";

    public static string Events(string path, SessionEventSearch search) => QueryHelpers.AddQueryString($"{path}/Events", QueryOf(search));

    public static string Sessions(string path, UserSessionSearch search) => QueryHelpers.AddQueryString($"{path}/Live", QueryOf(search));

    public static string Person(string path, string userId) => QueryHelpers.AddQueryString($"{path}/Person", OperatorQuery.Id, userId);

    public static string End(string path, Guid sessionId) => QueryHelpers.AddQueryString($"{path}/End", OperatorQuery.Id, sessionId.ToString());

    public static string End(string path, UserSessionSearch search)
    {
        var query = QueryOf(search with { IncludeEnded = false });
        if (search.IsEverybody)
        {
            query[OperatorQuery.Everybody] = "true";
        }

        return QueryHelpers.AddQueryString($"{path}/End", query);
    }

    /// <summary>What stays at an address when a failure's own is looked for.</summary>
    public static string From(string path, string ipAddress) => Events(path, new SessionEventSearch { Network = IpNetworks.Parse(ipAddress) });

    public static Dictionary<string, string?> QueryOf(SessionEventSearch search) => Filled(
        (OperatorQuery.User, search.UserId),
        (OperatorQuery.Identity, search.Identity),
        (OperatorQuery.Ip, search.Network is { } network ? IpNetworks.Text(network) : null),
        (OperatorQuery.Country, search.CountryCode),
        (OperatorQuery.Device, search.Device),
        (OperatorQuery.Method, search.Method),
        (OperatorQuery.Kind, search.Kind),
        (OperatorQuery.Reason, search.FailureReason),
        (OperatorQuery.Noticed, search.Oddity == SessionOddity.None ? null : search.Oddity.ToString()),
        (OperatorQuery.From, Of(search.From)),
        (OperatorQuery.To, Of(search.Before)));

    public static Dictionary<string, string?> QueryOf(UserSessionSearch search) => Filled(
        (OperatorQuery.User, search.UserId),
        (OperatorQuery.Ip, search.Network is { } network ? IpNetworks.Text(network) : null),
        (OperatorQuery.Country, search.CountryCode),
        (OperatorQuery.Device, search.Device),
        (OperatorQuery.Method, search.Method),
        (OperatorQuery.Ended, search.IncludeEnded ? "true" : null),
        (OperatorQuery.From, Of(search.From)),
        (OperatorQuery.To, Of(search.Before)));

    public static string? Of(DateTimeOffset? time) => time?.UtcDateTime.ToString(time.Value.Second == 0 ? TimeFormat : ExactFormat, CultureInfo.InvariantCulture);

    private static Dictionary<string, string?> Filled(params (string Name, string? Value)[] values) =>
        values.Where(value => value.Value is not null).ToDictionary(value => value.Name, value => value.Value);
}
