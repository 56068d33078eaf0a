namespace Sessions.Identity.Notices;

/// <summary>Writes the mail, in the current language. Sessions.UI has the words.</summary>
internal interface INewDeviceMailWriter
{
    SessionEmail Write(string address, SessionEventInfo signedIn, NoticeLink? link);
}

/// <summary>What goes into the link "This wasn't me", and until when it works.</summary>
internal sealed record NoticeLink(string Token, DateTimeOffset End);
