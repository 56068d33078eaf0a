namespace Sessions.UI;

/// <summary>Stands for the texts of the pages and components: <c>IStringLocalizer&lt;SessionsText&gt;</c> gives them in the request's language.</summary>
/// <remarks>An app that wants other words, or another language, calls <c>AddSessionsTexts</c>, or registers its own <c>IStringLocalizer&lt;SessionsText&gt;</c>.</remarks>
public sealed class SessionsText
{
    private SessionsText()
    {
    }
}
