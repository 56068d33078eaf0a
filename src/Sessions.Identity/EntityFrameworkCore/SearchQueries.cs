using Sessions.Identity.Administration;
using Sessions.Identity.SignIn;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What operators look for, as conditions that combine.</summary>
internal static class SearchQueries
{
    public static IQueryable<IdentitySessionEvent<TEventKey>> That<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, SessionEventSearch search)
    {
        if (search.Identity is { } typed)
        {
            var identity = TypedIdentity.Normalize(typed);
            events = events.Where(row => row.Identity == identity);
        }

        if (search.Kind is { } kind)
        {
            events = events.Where(row => row.Kind == kind);
        }

        if (search.FailureReason is { } reason)
        {
            events = events.Where(row => row.FailureReason == reason);
        }

        events = search.Oddity switch
        {
            SessionOddity.NewDevice => events.Where(row => row.IsNewDevice),
            SessionOddity.ImpossibleTravel => events.Where(row => row.IsImpossibleTravel),
            _ => events,
        };

        if (search.From is { } from)
        {
            events = events.Where(row => row.OccurredAt >= from);
        }

        if (search.Before is { } before)
        {
            events = events.Where(row => row.OccurredAt < before);
        }

        return events.From(search.CountryCode, search.Method, search.Device);
    }

    public static IQueryable<IdentityUserSession<TKey>> That<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, UserSessionSearch search)
        where TKey : IEquatable<TKey>
    {
        if (search.From is { } from)
        {
            sessions = sessions.Where(row => row.CreatedAt >= from);
        }

        if (search.Before is { } before)
        {
            sessions = sessions.Where(row => row.CreatedAt < before);
        }

        return sessions.From(search.CountryCode, search.Method, search.Device);
    }

    private static IQueryable<TRow> From<TRow>(this IQueryable<TRow> rows, string? countryCode, string? method, string? device)
        where TRow : class, IOriginColumns
    {
        if (countryCode?.ToUpperInvariant() is { } country)
        {
            rows = rows.Where(row => row.CountryCode == country);
        }

        if (method is not null)
        {
            rows = rows.Where(row => row.SignInMethod == method);
        }

        return device is null ? rows : DeviceWords.Read(device) is { } words ? rows.On(words) : rows.Where(row => false);
    }

    // A name is put together of columns, so each of its words is looked for in them.
    private static IQueryable<TRow> On<TRow>(this IQueryable<TRow> rows, IReadOnlyList<string> words)
        where TRow : class, IOriginColumns
    {
#pragma warning disable CA1304, CA1311, CA1862 // The database lowers the case, which knows no cultures of ours.
        foreach (var word in words)
        {
            rows = rows.Where(row => row.Browser!.ToLower().Contains(word) || row.OperatingSystem!.ToLower().Contains(word)
                || row.DeviceModel!.ToLower().Contains(word) || row.AppName!.ToLower().Contains(word)
                || row.BrowserVersion!.StartsWith(word) || row.OperatingSystemVersion!.StartsWith(word) || row.AppVersion!.StartsWith(word));
        }
#pragma warning restore CA1304, CA1311, CA1862

        return rows;
    }
}
