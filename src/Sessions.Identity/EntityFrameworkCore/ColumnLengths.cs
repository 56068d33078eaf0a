using System.Collections.Frozen;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The bound of every string column. What a client wrote is cut to it before it is written.</summary>
internal static class ColumnLengths
{
    public const int IpAddress = 45;
    public const int UserAgent = 512;
    public const int ClientHints = 1024;
    public const int Identity = 256;
    public const int Note = 512;
    public const int ActorId = 256;

    /// <summary>Bounds by the property's name, the same on both tables.</summary>
    public static FrozenDictionary<string, int> ByProperty { get; } = new Dictionary<string, int>
    {
        ["KeyDigest"] = SecretDigest.Length,
        ["StampDigest"] = SecretDigest.Length,
        ["TwoFactorRememberDigest"] = SecretDigest.Length,
        ["NoticeKeyDigest"] = SecretDigest.Length,
        ["Kind"] = 32,
        ["Scheme"] = 128,
        ["Identity"] = Identity,
        ["DeviceId"] = 64,
        ["SignInMethod"] = 64,
        ["Provider"] = 128,
        ["MethodDetail"] = 1024,
        ["IpAddress"] = IpAddress,
        ["LastSeenIpAddress"] = IpAddress,
        ["UserAgent"] = UserAgent,
        ["ClientHints"] = ClientHints,
        ["Browser"] = 64,
        ["BrowserVersion"] = 32,
        ["OperatingSystem"] = 64,
        ["OperatingSystemVersion"] = 32,
        ["DeviceType"] = 32,
        ["DeviceModel"] = 128,
        ["AppName"] = 64,
        ["AppVersion"] = 32,
        ["AppBuild"] = 32,
        ["CountryCode"] = 2,
        ["Country"] = 64,
        ["Region"] = 128,
        ["City"] = 128,
        ["Organization"] = 128,
        ["FailureReason"] = 64,
        ["EndReason"] = 32,
        ["EndScope"] = 16,
        ["EndedBy"] = ActorId,
        ["ActorId"] = ActorId,
        ["EndNote"] = Note,
        ["Note"] = Note,
        ["EndMetadata"] = 2048,
        ["Metadata"] = 2048,
        ["TraceId"] = 64,
        ["Endpoint"] = 256,
        ["BurstKey"] = 128,
        ["WriteKey"] = 128,
        ["Name"] = 64,
        ["Owner"] = 128,
        ["LastResult"] = 2048,
    }.ToFrozenDictionary();

    /// <summary>The text, cut to the bound of the column of that name. A surrogate pair is never cut in two.</summary>
    public static string? Cut(string? text, string property) => Cut(text, ByProperty[property]);

    public static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
