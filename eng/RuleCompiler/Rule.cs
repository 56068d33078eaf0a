using Sessions.Identity.Devices.Rules;

namespace Sessions.RuleCompiler;

/// <summary>A rule as its file has it.</summary>
/// <param name="Templates">The replacements, family first. <see langword="null"/>: none is given, so the group of that place serves.</param>
internal sealed record Rule(RuleList List, string Pattern, bool IgnoreCase, IReadOnlyList<string?> Templates);
