using Microsoft.AspNetCore.Mvc;
using Sessions.Identity;

namespace Sessions.UI.Operators;

/// <summary>The sessions of everybody, by all that an operator may know of them.</summary>
internal sealed class LiveModel : OperatorPage
{
    /// <summary>What is looked for.</summary>
    public UserSessionSearch Search { get; private set; } = UserSessionSearch.Everybody;

    /// <summary>The user's name that is meant by what stands in the address.</summary>
    public string? UserName { get; private set; }

    /// <summary>What of the address can't be read.</summary>
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    public IReadOnlyList<UserSessionInfo> Sessions { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    public string? NextCursor { get; private set; }

    /// <summary>How far the search looked, where it stopped before the page was full.</summary>
    public DateTimeOffset? LookedBackTo { get; private set; }

    /// <summary>Whether this is not the newest page.</summary>
    public bool IsContinued { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var query = new OperatorQuery(Request.Query);
        Search = query.Sessions();
        if (Search.UserId is { } text)
        {
            if (await MeantAsync(text, cancellationToken) is { } user)
            {
                (UserName, Search) = (user.Name, Search with { UserId = user.Id });
                await Administration.RecordViewAsync(user.Id, User, cancellationToken);
            }
            else
            {
                query.Refuse(text);
            }
        }

        Unreadable = query.Unreadable;
        if (Unreadable.Count > 0)
        {
            return Page();
        }

        var cursor = query[OperatorQuery.Cursor];
        var page = query[OperatorQuery.Further] == "true"
            ? await Administration.SearchSessionsFurtherAsync(Search, cursor, PerPage, cancellationToken)
            : await Administration.SearchSessionsAsync(Search, cursor, PerPage, cancellationToken);
        (Sessions, NextCursor, LookedBackTo, IsContinued) = (page.Sessions, page.NextCursor, page.LookedBackTo, cursor is not null);
        Names = await Administration.NamesOfAsync(Sessions.Select(row => row.UserId), cancellationToken);
        return Page();
    }
}
