namespace Sessions.Identity.Stores;

/// <summary>The tables that describe devices.</summary>
internal enum DeviceTable
{
    Sessions,
    Events,
}
