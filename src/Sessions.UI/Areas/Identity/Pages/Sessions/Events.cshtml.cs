using Microsoft.AspNetCore.Mvc;
using Sessions.Identity;
using Sessions.UI.History;

namespace Sessions.UI.Operators;

/// <summary>The trail of everybody, by all that an operator may know of an event.</summary>
internal sealed class EventsModel : OperatorPage
{
    // What no index serves is looked for among so many days, unless the operator says otherwise.
    private static readonly TimeSpan _usual = TimeSpan.FromDays(7);

    /// <summary>What is looked for.</summary>
    public SessionEventSearch Search { get; private set; } = SessionEventSearch.Everything;

    /// <summary>The user's name that is meant by what stands in the address.</summary>
    public string? UserName { get; private set; }

    /// <summary>What of the address can't be read.</summary>
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    public IReadOnlyList<SessionEventInfo> Events { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public string? NextCursor { get; private set; }

    /// <summary>How far the search looked, where it stopped before the page was full.</summary>
    public DateTimeOffset? LookedBackTo { get; private set; }

    /// <summary>Whether this is not the newest page.</summary>
    public bool IsContinued { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await ReadAsync(cancellationToken))
        {
            return Page();
        }

        var query = new OperatorQuery(Request.Query);
        var cursor = query[OperatorQuery.Cursor];
        var page = query[OperatorQuery.Further] == "true"
            ? await Administration.SearchEventsFurtherAsync(Search, cursor, PerPage, cancellationToken)
            : await Administration.SearchEventsAsync(Search, cursor, PerPage, cancellationToken);
        (Events, NextCursor, LookedBackTo, IsContinued) = (page.Events, page.NextCursor, page.LookedBackTo, cursor is not null);
        Names = await Administration.NamesOfAsync(Events.SelectMany(row => new[] { row.UserId, row.ActorId }), cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken)
    {
        if (!await ReadAsync(cancellationToken))
        {
            return BadRequest();
        }

        // Once the file has begun, there is no other answer: so it is asked first whether there is one.
        await Administration.SearchEventsAsync(Search, cursor: null, pageSize: 1, cancellationToken);
        var now = Of<TimeProvider>().GetUtcNow();
        return new CsvDownload(
            FormattableString.Invariant($"session-events-{now:yyyy-MM-dd}"),
            OperatorEntry.Names,
            OperatorEntry.LinesAsync(Administration.ReadEventsAsync(Search, cancellationToken), Administration, cancellationToken));
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var query = new OperatorQuery(Request.Query);
        Search = query.Events();
        if (Search is { UserId: null, Identity: null, Network: null, From: null })
        {
            Search = Search with { From = (Search.Before ?? Of<TimeProvider>().GetUtcNow()) - _usual };
        }

        if (Search.UserId is { } text)
        {
            if (await MeantAsync(text, cancellationToken) is { } user)
            {
                (UserName, Search) = (user.Name, Search with { UserId = user.Id });
                await Administration.RecordViewAsync(user.Id, User, cancellationToken);
            }
            else if (!await IsTrailOfNobodyAsync(text, cancellationToken))
            {
                query.Refuse(text);
            }
        }

        Unreadable = query.Unreadable;
        return Unreadable.Count == 0;
    }

    // A trail may outlive its account.
    private async Task<bool> IsTrailOfNobodyAsync(string id, CancellationToken cancellationToken) =>
        (await Administration.SearchEventsAsync(new SessionEventSearch { UserId = id }, cursor: null, pageSize: 1, cancellationToken)).Events.Count > 0;
}
