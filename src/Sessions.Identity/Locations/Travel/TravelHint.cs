namespace Sessions.Identity.Locations.Travel;

/// <summary>How far a sign-in is from the user's previous one, and whether anybody can have travelled so fast.</summary>
internal sealed record TravelHint(double Kilometers, TimeSpan Time, bool IsImpossible)
{
    private const double KilometersPerDegree = 111.2;

    // How far off the place of an address may well be, beside the rounding. Generous: a phone's network may show it in the next city.
    private const double LocalUncertainty = 50;
    private const double CountryUncertainty = 1_000;

    /// <summary>Compares two sign-ins.</summary>
    /// <returns>The hint, or null where what is known of them is not exact enough to tell.</returns>
    public static TravelHint? Between(TravelPoint previous, TravelPoint here, double? speedLimit, int decimals)
    {
        // The middle of a country says nothing about a way within it.
        if (!(previous.IsLocal && here.IsLocal) && previous.CountryCode == here.CountryCode)
        {
            return null;
        }

        var kilometers = GreatCircle.Kilometers(previous.Latitude, previous.Longitude, here.Latitude, here.Longitude);
        var time = here.At - previous.At;
        var atLeast = kilometers - Uncertainty(previous, decimals) - Uncertainty(here, decimals);
        return new TravelHint(Math.Round(kilometers, 1), time, atLeast > 0 && atLeast > speedLimit * time.TotalHours);
    }

    private static double Uncertainty(TravelPoint point, int decimals) =>
        (point.IsLocal ? LocalUncertainty : CountryUncertainty) + (KilometersPerDegree * Math.Sqrt(0.5) * Math.Pow(10, -decimals));
}
