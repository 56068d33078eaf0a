using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Notices;
using Sessions.UI.Words;

namespace Sessions.UI.Mail;

/// <summary>Writes the mail about a new device, as text and as HTML, with links of the address that the host gave.</summary>
internal sealed class NewDeviceMailWriter(SessionWords words, IServiceProvider services, IOptions<UserSessionOptions> options) : INewDeviceMailWriter
{
    public SessionEmail Write(string address, SessionEventInfo signedIn, NoticeLink? link)
    {
        var mail = new NewDeviceMail
        {
            Facts = [.. Facts(signedIn)],
            DevicesUrl = UrlOf(SessionsPage.Devices, token: null),
            ReportUrl = link is null ? null : UrlOf(SessionsPage.NotMe, link.Token),
            ReportEnd = link is null ? string.Empty : Time(link.End),
        };
        return new SessionEmail { Address = address, Subject = words["Mail.Subject"], Text = TextOf(mail), Html = HtmlOf(mail) };
    }

    private IEnumerable<(string Name, string Value)> Facts(SessionEventInfo signedIn)
    {
        yield return (words["Mail.Device"], words.Device(signedIn.Device));
        if (words.Place(signedIn.Location) is { } place)
        {
            yield return (words["Mail.Place"], place);
        }

        if (signedIn.IpAddress is { } address)
        {
            yield return (words["Mail.IpAddress"], address);
        }

        yield return (words["Mail.Time"], Time(signedIn.OccurredAt));
        if (words.Method(signedIn.SignInMethod, signedIn.Provider, signedIn.SecondFactor) is { } method)
        {
            yield return (words["Mail.Method"], method);
        }
    }

    private string Time(DateTimeOffset time) => words["Devices.Time", CalendarText.Of(time, CultureInfo.CurrentCulture)];

    // An app that doesn't map the pages has no address for them: then the mail is told without links.
    private string? UrlOf(SessionsPage page, string? token)
    {
        var site = options.Value.NewDeviceMail.SiteAddress!;
        var path = SessionsPages.PathOf(services, page, site.AbsolutePath.TrimEnd('/'), token is null ? null : new { token });
        return path is null ? null : site.GetLeftPart(UriPartial.Authority) + path;
    }

    private string TextOf(NewDeviceMail mail)
    {
        var text = new StringBuilder();
        text.AppendLine(words["Mail.Intro"]).AppendLine();
        foreach (var (name, value) in mail.Facts)
        {
            text.Append(name).Append(": ").AppendLine(value);
        }

        text.AppendLine().AppendLine(words["Mail.WasMe"]).AppendLine().AppendLine(words[mail.ReportUrl is null ? "Mail.NotMeWithoutLink" : "Mail.NotMe"]);
        if (mail.ReportUrl is { } report)
        {
            text.AppendLine().AppendLine(report).AppendLine().AppendLine(words["Mail.LinkEnd", mail.ReportEnd]);
        }

        if (mail.DevicesUrl is { } devices)
        {
            text.AppendLine().AppendLine(words["Mail.Devices"]).AppendLine(devices);
        }

        return text.ToString();
    }

    // A whole document: mail programs know neither style sheets nor scripts. Everything that is put in is encoded.
    private string HtmlOf(NewDeviceMail mail)
    {
        var report = mail.ReportUrl is null
            ? $"<p>{Encode(words["Mail.NotMeWithoutLink"])}</p>"
            : $"""
                <p>{Encode(words["Mail.NotMe"])}</p>
                <p><a href="{Encode(mail.ReportUrl)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#b02a37;color:#ffffff;text-decoration:none">{Encode(words["Mail.NotMeButton"])}</a></p>
                <p style="color:#5c636a">{Encode(words["Mail.LinkEnd", mail.ReportEnd])}</p>
                """;
        var devices = mail.DevicesUrl is null ? string.Empty : $"""<p><a href="{Encode(mail.DevicesUrl)}">{Encode(words["Mail.DevicesLink"])}</a></p>""";
        return $"""
            <!DOCTYPE html>
            <html lang="{Encode(words.Language)}" dir="{(words.IsRightToLeft ? "rtl" : "ltr")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(words["Mail.Subject"])}</title></head>
            <body style="font-family:system-ui,sans-serif;line-height:1.5;color:#212529;max-width:36em;margin:0 auto;padding:16px">
            <main>
            <h1 style="font-size:20px">{Encode(words["Mail.Subject"])}</h1>
            <p>{Encode(words["Mail.Intro"])}</p>
            <table style="border-collapse:collapse">
            {string.Join('\n', mail.Facts.Select(Row))}
            </table>
            <p>{Encode(words["Mail.WasMe"])}</p>
            {report}
            {devices}
            </main>
            </body>
            </html>
            """;
    }

    private string Row((string Name, string Value) fact) =>
        $"""<tr><th scope="row" style="text-align:{(words.IsRightToLeft ? "right" : "left")};padding:2px {(words.IsRightToLeft ? "0 2px 16px" : "16px 2px 0")};font-weight:600">{Encode(fact.Name)}</th><td>{Encode(fact.Value)}</td></tr>""";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private sealed record NewDeviceMail
    {
        public required (string Name, string Value)[] Facts { get; init; }

        public string? DevicesUrl { get; init; }

        public string? ReportUrl { get; init; }

        public required string ReportEnd { get; init; }
    }
}
