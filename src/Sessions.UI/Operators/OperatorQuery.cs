using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.Identity.Locations;

namespace Sessions.UI.Operators;

/// <summary>Reads what an operator looks for from an address. What can't be read is named: to leave it out would look for, or end, far more than was asked.</summary>
internal sealed class OperatorQuery(IQueryCollection query)
{
    public const string Id = "id";
    public const string User = "user";
    public const string Identity = "identity";
    public const string Ip = "ip";
    public const string Country = "country";
    public const string Device = "device";
    public const string Method = "method";
    public const string Kind = "kind";
    public const string Reason = "reason";
    public const string Noticed = "noticed";
    public const string Ended = "ended";
    public const string Everybody = "everybody";
    public const string From = "from";
    public const string To = "to";
    public const string Cursor = "cursor";
    public const string Further = "further";

    private const int LongestText = 256;

    private static readonly string[] _timeFormats = [OperatorAddress.TimeFormat, OperatorAddress.ExactFormat, "yyyy-MM-dd"];

    private readonly List<string> _unreadable = [];

    /// <summary>The values that can't be read, as they were written.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    public string? this[string name] => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    public SessionEventSearch Events() => new()
    {
        UserId = Text(User),
        Identity = Text(Identity),
        Network = Read(Ip, IpNetworks.Parse),
        CountryCode = CountryCode(),
        Device = DeviceName(),
        Method = Text(Method),
        Kind = Text(Kind),
        FailureReason = Text(Reason),
        Oddity = Read<SessionOddity>(Noticed, text => Enum.TryParse<SessionOddity>(text, out var oddity) && Enum.IsDefined(oddity) ? oddity : null) ?? SessionOddity.None,
        From = Time(From),
        Before = Time(To),
    };

    public UserSessionSearch Sessions() => new()
    {
        UserId = Text(User),
        Network = Read(Ip, IpNetworks.Parse),
        CountryCode = CountryCode(),
        Device = DeviceName(),
        Method = Text(Method),
        IncludeEnded = this[Ended] == "true",
        From = Time(From),
        Before = Time(To),
    };

    public void Refuse(string text) => _unreadable.Add(text);

    private string? Text(string name)
    {
        if (this[name] is { Length: > LongestText } text)
        {
            Refuse(text[..40] + "…");
            return null;
        }

        return this[name];
    }

    private string? CountryCode()
    {
        if (Text(Country) is not { } code || code is [>= 'A' and <= 'Z' or >= 'a' and <= 'z', >= 'A' and <= 'Z' or >= 'a' and <= 'z'])
        {
            return Text(Country)?.ToUpperInvariant();
        }

        Refuse(code);
        return null;
    }

    private string? DeviceName()
    {
        if (Text(Device) is not { } name || DeviceWords.Read(name) is not null)
        {
            return Text(Device);
        }

        Refuse(name);
        return null;
    }

    private DateTimeOffset? Time(string name) => Read<DateTimeOffset>(name, text =>
        DateTime.TryParseExact(text, _timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? new DateTimeOffset(time, TimeSpan.Zero) : null);

    private T? Read<T>(string name, Func<string, T?> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            Refuse(text);
        }

        return value;
    }
}
