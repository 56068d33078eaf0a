namespace Sessions.Identity.Stores;

/// <summary>This node no longer has the sweep. What it committed stays; another node goes on.</summary>
internal sealed class SweepLeaseLostException() : InvalidOperationException("The lease of the sweep was lost to another node, or with its connection.");
