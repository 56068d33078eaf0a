namespace Sessions.Identity.Devices;

/// <summary>Apps that don't follow the convention, whose names the host declared in NativeAppNames.</summary>
internal static class LegacyApp
{
    public static NativeApp? Read(string userAgent, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (name.Length > 0 && ProductToken.IndexOf(userAgent, name, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return new NativeApp(name, ProductToken.Version(userAgent, name, StringComparison.OrdinalIgnoreCase));
            }
        }

        return null;
    }
}
