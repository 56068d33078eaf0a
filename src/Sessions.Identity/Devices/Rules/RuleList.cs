namespace Sessions.Identity.Devices.Rules;

/// <summary>The lists of rules in the embedded rule book, in the order in which they are kept there.</summary>
/// <remarks>This file is compiled into the build's RuleCompiler as well.</remarks>
internal enum RuleList
{
    /// <summary>Our own, for what came since uap-core's newest release. Tried first.</summary>
    OwnBrowsers,
    OwnSystems,
    OwnDevices,

    /// <summary>uap-core's.</summary>
    Browsers,
    Systems,
    Devices,

    /// <summary>crawler-user-agents', and among them HTTP libraries.</summary>
    Crawlers,
}
