namespace Sessions.Identity.Locations.Databases;

/// <summary>What a database tells of an address, by the type that it says it is.</summary>
internal enum DatabaseContent
{
    Other,
    Cities,
    Countries,
    Enterprise,
    Networks,
}
