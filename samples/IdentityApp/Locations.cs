using Microsoft.Extensions.Options;
using Sessions.Identity;

namespace IdentityApp;

/// <summary>Places come from a file that everybody gets for themselves, free of charge.</summary>
internal static partial class Locations
{
    public static void SayWhatToSet(WebApplication app)
    {
        if (string.IsNullOrEmpty(app.Services.GetRequiredService<IOptions<UserSessionOptions>>().Value.Geolocation.DatabasePath))
        {
            NoDatabase(app.Logger);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "No places are shown. Set Sessions:Geolocation:DatabasePath (in the environment Sessions__Geolocation__DatabasePath) to the path of a GeoLite2-City.mmdb file.")]
    private static partial void NoDatabase(ILogger logger);
}
