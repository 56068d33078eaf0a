namespace Sessions.Identity.Locations;

/// <summary>A place as far as it is known, and where it is still looked for, what will come of it.</summary>
internal readonly record struct FoundLocation(IpLocation? Location, Task<IpLocation?>? Pending = null);
