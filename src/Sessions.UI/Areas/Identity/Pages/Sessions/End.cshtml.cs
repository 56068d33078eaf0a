using Microsoft.AspNetCore.Mvc;
using Sessions.Identity;
using Sessions.Identity.Administration;

namespace Sessions.UI.Operators;

/// <summary>Ends sessions: says whose, asks for a reason, and tells how far it is. What is ended stands in the address; only the form acts.</summary>
internal sealed class EndModel : OperatorPage
{
    private const int LongestReason = 512;

    /// <summary>The one session.</summary>
    public UserSessionInfo? Session { get; private set; }

    /// <summary>Or the sessions that a search finds.</summary>
    public UserSessionSearch? Search { get; private set; }

    /// <summary>Or sessions that are being ended already.</summary>
    public SessionEnding? Ending { get; private set; }

    /// <summary>The person that all of it is about.</summary>
    public SessionUser? Person { get; private set; }

    public SessionCount? Count { get; private set; }

    /// <summary>Whether there are more than were counted.</summary>
    public bool AreMore { get; private set; }

    /// <summary>What was begun lately.</summary>
    public IReadOnlyList<SessionEnding> Endings { get; private set; } = [];

    /// <summary>Why the form was not accepted.</summary>
    public string? Refused { get; private set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Confirmation { get; set; }

    /// <summary>What the form sent just before did, told once, on the person's page.</summary>
    [TempData(Key = "Sessions.Operators")]
    public string? Status { get; set; }

    /// <summary>Whether the word must be typed: where nearly everybody's are ended, or nobody has said how many.</summary>
    public bool AsksForWord => Search is { IsNearlyEverybody: true } || (AreMore && Search is { UserId: null });

    private SessionEndings Ends => Of<SessionEndings>();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await FindAsync(cancellationToken) || Ending is not null)
        {
            return NotFound();
        }

        if (Mistake() is { } mistake)
        {
            Refused = mistake;
            return Page();
        }

        // Whoever hangs up after asking still asked: no token of the request.
        var revocation = new SessionRevocation { ActorId = Administration.ActorOf(User), Note = Reason!.Trim() };
        if (Session is { } session)
        {
            if (!await Ends.EndOneAsync(session, revocation, CancellationToken.None))
            {
                return NotFound();
            }

            return ToPerson(session.UserId, 1);
        }

        if (Search!.IsOneUser)
        {
            return ToPerson(Search.UserId!, await Ends.EndUserAsync(Search.UserId!, revocation, CancellationToken.None));
        }

        var ending = await Ends.BeginAsync(Search, revocation, CancellationToken.None);
        return Redirect($"{Path}/End?ending={ending.Id}");
    }

    public Task<IActionResult> OnPostStopAsync(Guid ending) => SwitchAsync(ending, EndingState.Stopped);

    public Task<IActionResult> OnPostResumeAsync(Guid ending) => SwitchAsync(ending, EndingState.Running);

    // Pressed twice, or by two operators at once, it is as it was meant.
    private async Task<IActionResult> SwitchAsync(Guid id, EndingState to)
    {
        if (await Ends.FindAsync(id, CancellationToken.None) is null)
        {
            return NotFound();
        }

        await Ends.SwitchAsync(id, to, CancellationToken.None);
        return Redirect($"{Path}/End?ending={id}");
    }

    private RedirectResult ToPerson(string userId, int count)
    {
        Status = Words.Count("Operators.Ended", count);
        return Redirect(OperatorAddress.Person(Path, userId));
    }

    private string? Mistake()
    {
        if (Reason?.Trim() is not { Length: > 0 and <= LongestReason })
        {
            return Words["Operators.ReasonMissing"];
        }

        var word = Words["Operators.Word"];
        return AsksForWord && !string.Equals(Confirmation?.Trim(), word, StringComparison.OrdinalIgnoreCase) ? Words["Operators.WordWrong", word] : null;
    }

    private async Task<bool> FindAsync(CancellationToken cancellationToken)
    {
        var query = new OperatorQuery(Request.Query);
        if (query["ending"] is { } ending)
        {
            Ending = Guid.TryParse(ending, out var id) ? await Ends.FindAsync(id, cancellationToken) : null;
            return Ending is not null;
        }

        if (query[OperatorQuery.Id] is { } session)
        {
            return Guid.TryParse(session, out var id) && await FindSessionAsync(id, cancellationToken);
        }

        return await FindSearchAsync(query, cancellationToken);
    }

    // One's own session ends by logging out.
    private async Task<bool> FindSessionAsync(Guid id, CancellationToken cancellationToken)
    {
        Session = await Administration.FindSessionAsync(id, cancellationToken) is { EndedAt: null, IsCurrent: false } session ? session : null;
        Person = await Administration.FindUserAsync(Session?.UserId, cancellationToken);
        return Session is not null;
    }

    // An address that says nothing ends nobody: everybody is a word of its own.
    private async Task<bool> FindSearchAsync(OperatorQuery query, CancellationToken cancellationToken)
    {
        var search = query.Sessions();
        if (query.Unreadable.Count > 0 || search.IsEverybody != (query[OperatorQuery.Everybody] == "true"))
        {
            return false;
        }

        Person = await Administration.FindUserAsync(search.UserId, cancellationToken);
        if (search.UserId is not null && Person is null)
        {
            return false;
        }

        Search = Administration.Kept(search) with { UserId = Person?.Id, IncludeEnded = false };
        (Count, AreMore) = await Administration.CountSomeAsync(Search, cancellationToken);
        Endings = await Ends.ListAsync(cancellationToken);
        return true;
    }
}
