using Sessions.Identity;
using Sessions.Identity.Events;

namespace Sessions.UI.Words;

/// <summary>Says reasons to the host's hooks as the pages say them, in the language of the request. A code of the host's own is read as it is.</summary>
internal sealed class WordLabels(SessionWords words) : ISessionLabels
{
    private static readonly CodeLabels _codes = new();

    public string? ReasonOf(SessionEventInfo sessionEvent) =>
        (sessionEvent.FailureReason is { } failure ? words.Failure(failure) : words.Ended(sessionEvent.EndReason)) ?? _codes.ReasonOf(sessionEvent);
}
