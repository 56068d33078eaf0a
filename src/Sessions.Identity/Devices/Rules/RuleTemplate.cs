using System.Text;

namespace Sessions.Identity.Devices.Rules;

/// <summary>A replacement such as "Firefox ($1)", with what the groups took in place of $1 to $9.</summary>
internal static class RuleTemplate
{
    public static string Fill(string template, PatternMatcher matcher)
    {
        if (!template.Contains('$', StringComparison.Ordinal))
        {
            return template;
        }

        var filled = new StringBuilder();
        for (var index = 0; index < template.Length; index++)
        {
            if (template[index] == '$' && index + 1 < template.Length && char.IsAsciiDigit(template[index + 1]))
            {
                filled.Append(matcher.Group(template[++index] - '0'));
            }
            else
            {
                filled.Append(template[index]);
            }
        }

        return filled.ToString();
    }
}
