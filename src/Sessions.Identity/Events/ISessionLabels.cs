namespace Sessions.Identity.Events;

/// <summary>Says a reason's code in words, in the current language.</summary>
internal interface ISessionLabels
{
    string? ReasonOf(SessionEventInfo sessionEvent);
}

/// <summary>Without a package that has words in every language, the code itself is read: "wrong_password" is "Wrong password".</summary>
internal sealed class CodeLabels : ISessionLabels
{
    public string? ReasonOf(SessionEventInfo sessionEvent) => sessionEvent.Reason is { Length: > 0 } code ? Read(code) : null;

    private static string Read(string code)
    {
        var words = string.Concat(code.Select((letter, at) =>
            letter is '_' or '-' ? " " : at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
        return string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1));
    }
}
