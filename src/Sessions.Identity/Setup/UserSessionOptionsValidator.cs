using System.Buffers;
using Microsoft.Extensions.Options;

namespace Sessions.Identity;

/// <summary>Says in plain English what is wrong with the options when the app starts.</summary>
internal sealed partial class UserSessionOptionsValidator : IValidateOptions<UserSessionOptions>
{
    // RFC 6265: a cookie's name is a token.
    private static readonly SearchValues<char> _cookieNameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public ValidateOptionsResult Validate(string? name, UserSessionOptions options)
    {
        string[] errors = [.. Errors(options)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(UserSessionOptions options)
    {
        if (options.TrackingTimeout < TimeSpan.FromMilliseconds(10) || options.TrackingTimeout > TimeSpan.FromMinutes(1))
        {
            yield return Wrong(nameof(options.TrackingTimeout), options.TrackingTimeout, "must be between 10 milliseconds and 1 minute");
        }

        foreach (var error in Positive(options))
        {
            yield return error;
        }

        if (options.MaxSessionsPerUser is < 1)
        {
            yield return Wrong(nameof(options.MaxSessionsPerUser), options.MaxSessionsPerUser, "must be at least 1, or null for no limit");
        }

        if (options.AccessConfirmation.MaxAge <= TimeSpan.Zero)
        {
            yield return Wrong("AccessConfirmation.MaxAge", options.AccessConfirmation.MaxAge, "must be longer than zero");
        }

        if (options.AccessConfirmation.Path is { } path && (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal)))
        {
            yield return Wrong("AccessConfirmation.Path", path, "must be a path of this app, such as /Account/ConfirmAccess");
        }

        if (options.CoordinateDecimals is < 0 or > 6)
        {
            yield return Wrong(nameof(options.CoordinateDecimals), options.CoordinateDecimals, "must be between 0 and 6");
        }

        if (options.EventsType is { } type && !typeof(UserSessionEvents).IsAssignableFrom(type))
        {
            yield return Wrong(nameof(options.EventsType), type, "must derive from UserSessionEvents");
        }

        foreach (var (name, method) in options.SignInMethods.Where(mapped => string.IsNullOrWhiteSpace(mapped.Value)))
        {
            yield return Wrong($"SignInMethods[{name}]", method, "must be a method, such as SignInMethod.SingleSignOn");
        }

        foreach (var error in Known(options).Concat(Limits(options.ConcurrentSignIns)).Concat(Idle(options)).Concat(Failures(options)).Concat(Cookie(options)).Concat(Mail(options)).Concat(Places(options.Geolocation)).Concat(Operators(options.Administration)))
        {
            yield return error;
        }
    }

    private static IEnumerable<string> Positive(UserSessionOptions options)
    {
        (string Name, TimeSpan? Value)[] durations =
        [
            (nameof(options.LastSeenInterval), options.LastSeenInterval),
            (nameof(options.IdleTimeout), options.IdleTimeout),
            (nameof(options.AbsoluteLifetime), options.AbsoluteLifetime),
            (nameof(options.SweepInterval), options.SweepInterval),
            (nameof(options.EventRetention), options.EventRetention),
            (nameof(options.EndedSessionRetention), options.EndedSessionRetention),
            ("LiveConnections.RevalidationInterval", options.LiveConnections.RevalidationInterval),
        ];
        return durations.Where(option => option.Value <= TimeSpan.Zero).Select(option => Wrong(option.Name, option.Value, "must be longer than zero, or null"));
    }

    // A number binds to an enum whether it has that value or not.
    private static IEnumerable<string> Known(UserSessionOptions options)
    {
        if (!Enum.IsDefined(options.IpAddressMode))
        {
            yield return Wrong(nameof(options.IpAddressMode), options.IpAddressMode, "must be Full or Truncated");
        }

        if (!Enum.IsDefined(options.OnTrackingFailure))
        {
            yield return Wrong(nameof(options.OnTrackingFailure), options.OnTrackingFailure, "must be LetThrough or Refuse");
        }

        if (!Enum.IsDefined(options.OnUserDeleted))
        {
            yield return Wrong(nameof(options.OnUserDeleted), options.OnUserDeleted, "must be Erase or KeepUnlinked");
        }
    }

    private static IEnumerable<string> Idle(UserSessionOptions options)
    {
        if (options.IdleTimeout is { } idle && options.AbsoluteLifetime is { } absolute && idle > absolute)
        {
            yield return Wrong(nameof(options.IdleTimeout), idle, $"must not be longer than AbsoluteLifetime, which is '{absolute}'");
        }

        if (options.IdleTimeout is not null && options.LastSeenInterval is null)
        {
            yield return Wrong(nameof(options.LastSeenInterval), "null", "must be set when IdleTimeout is: idleness is measured by it");
        }
    }

    private static IEnumerable<string> Failures(UserSessionOptions options)
    {
        if (options.RepeatedFailures is not { } repeated)
        {
            yield break;
        }

        if (!options.TrackFailedSignIns)
        {
            yield return Wrong(nameof(options.RepeatedFailures), "set", "needs TrackFailedSignIns to be true: it counts what is tracked");
        }

        if (repeated.Threshold < 1)
        {
            yield return Wrong("RepeatedFailures.Threshold", repeated.Threshold, "must be at least 1");
        }

        if (repeated.Window <= TimeSpan.Zero)
        {
            yield return Wrong("RepeatedFailures.Window", repeated.Window, "must be longer than zero");
        }
    }

    private static IEnumerable<string> Cookie(UserSessionOptions options)
    {
        if (string.IsNullOrEmpty(options.DeviceCookie.Name) || options.DeviceCookie.Name.AsSpan().ContainsAnyExcept(_cookieNameCharacters))
        {
            yield return Wrong("DeviceCookie.Name", options.DeviceCookie.Name, "must be the name of a cookie");
        }

        if (options.DeviceCookie.Lifetime <= TimeSpan.Zero || options.DeviceCookie.Lifetime > TimeSpan.FromDays(400))
        {
            yield return Wrong("DeviceCookie.Lifetime", options.DeviceCookie.Lifetime, "must be longer than zero and at most 400 days, where browsers cap it");
        }
    }

    private static IEnumerable<string> Mail(UserSessionOptions options)
    {
        var mail = options.NewDeviceMail;
        if (mail.SiteAddress is { } site
            && !(site is { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" } && (site.Scheme == Uri.UriSchemeHttps || site.Scheme == Uri.UriSchemeHttp)))
        {
            yield return Wrong("NewDeviceMail.SiteAddress", site, "must be the address of the app, such as https://app.example.com");
        }

        if (mail.LinkLifetime <= TimeSpan.Zero)
        {
            yield return Wrong("NewDeviceMail.LinkLifetime", mail.LinkLifetime, "must be longer than zero");
        }
    }

    private static IEnumerable<string> Places(GeolocationOptions options)
    {
        if (options.MaxWait < TimeSpan.Zero || options.MaxWait > TimeSpan.FromMinutes(1))
        {
            yield return Wrong("Geolocation.MaxWait", options.MaxWait, "must be between zero and 1 minute");
        }

        if (options.ImpossibleTravelSpeed is { } speed && !(speed > 0 && double.IsFinite(speed)))
        {
            yield return Wrong("Geolocation.ImpossibleTravelSpeed", speed, "must be more than zero kilometres per hour, or null");
        }

        if (options.Language is { Length: > 0 } language && !IsLanguage(language))
        {
            yield return Wrong("Geolocation.Language", language, "must be the name of a language, such as 'es' or 'pt-BR'");
        }
    }

    private static bool IsLanguage(string name)
    {
        try
        {
            return System.Globalization.CultureInfo.GetCultureInfo(name).TwoLetterISOLanguageName is not "iv";
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            return false;
        }
    }

    private static string Wrong(string option, object? value, string rule) => $"UserSessionOptions.{option} is '{value}', but {rule}.";
}
