using Sessions.Identity;

namespace Sessions.UI.History;

/// <summary>What the chart beside the login history shows.</summary>
internal static class HistoryDays
{
    /// <summary>Reads the days that the chart shows. The history is there without it.</summary>
    /// <returns>The days; none where they could not be counted in time.</returns>
    public static async Task<IReadOnlyList<SignInDay>> ReadDaysAsync(this ICurrentUserSessions sessions, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.GetSignInDaysAsync(cancellationToken: cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            return [];
        }
    }
}
