namespace Sessions.RuleCompiler;

/// <summary>Something that the person at the build can put right, in one sentence.</summary>
internal sealed class BuildException(string message) : Exception(message);
