namespace Sessions.Identity.Locations.Travel;

/// <summary>The shortest way over the earth's surface, taken as a sphere: within 0.6 percent of the ellipsoid, everywhere.</summary>
internal static class GreatCircle
{
    // The mean radius of the earth (IUGG).
    private const double RadiusInKilometers = 6371.0088;

    public static double Kilometers(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        // Haversine: exact for near points, and the date line and the poles are nothing special to it.
        var (phi1, phi2) = (double.DegreesToRadians(latitude1), double.DegreesToRadians(latitude2));
        var half = Square(Math.Sin((phi2 - phi1) / 2))
            + (Math.Cos(phi1) * Math.Cos(phi2) * Square(Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2)));
        return 2 * RadiusInKilometers * Math.Asin(Math.Sqrt(Math.Min(1, half)));
    }

    private static double Square(double value) => value * value;
}
