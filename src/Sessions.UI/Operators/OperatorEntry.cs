using System.Runtime.CompilerServices;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.UI.History;

namespace Sessions.UI.Operators;

/// <summary>An event as it is handed out to an operator in a file: what the person's own file has, whose it is, and what is for operators.</summary>
internal static class OperatorEntry
{
    private const int PerLook = 100;

    public static string[] Names { get; } = [.. HistoryEntry.Names, "eventId", "userId", "userName", "actorId", "note"];

    public static async IAsyncEnumerable<string?[]> LinesAsync(
        IAsyncEnumerable<SessionEventInfo> events, SessionAdministration administration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in events.Chunk(PerLook).WithCancellation(cancellationToken))
        {
            var names = await administration.NamesOfAsync(chunk.Select(row => row.UserId), cancellationToken);
            foreach (var row in chunk)
            {
                yield return [.. HistoryEntry.Of(row).Values, row.Id.ToString(), row.UserId, NameOf(names, row.UserId), row.ActorId, row.Note];
            }
        }
    }

    private static string? NameOf(IReadOnlyDictionary<string, string> names, string? userId) => userId is null ? null : names.GetValueOrDefault(userId);
}
