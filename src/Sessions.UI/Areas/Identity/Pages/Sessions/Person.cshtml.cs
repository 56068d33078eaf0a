using Microsoft.AspNetCore.Mvc;
using Sessions.Identity;

namespace Sessions.UI.Operators;

/// <summary>One person: their sessions, their trail, and what was tried against them.</summary>
internal sealed class PersonModel : OperatorPage
{
    private const int Shown = 20;

    public SessionUser? Person { get; private set; }

    public IReadOnlyList<UserSessionInfo> Sessions { get; private set; } = [];

    public IReadOnlyList<SessionEventInfo> Events { get; private set; } = [];

    public IReadOnlyList<SessionEventInfo> Failures { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    /// <summary>What the form sent just before did, told once.</summary>
    [TempData(Key = "Sessions.Operators")]
    public string? Status { get; set; }

    public async Task<IActionResult> OnGetAsync(string? id, CancellationToken cancellationToken)
    {
        if (await Administration.FindUserAsync(id, cancellationToken) is not { } person)
        {
            return NotFound();
        }

        await Administration.RecordViewAsync(person.Id, User, cancellationToken);
        Person = person;
        Sessions = (await Administration.SearchSessionsAsync(new UserSessionSearch { UserId = person.Id }, cursor: null, Shown, cancellationToken)).Sessions;
        Events = (await Administration.SearchEventsAsync(new SessionEventSearch { UserId = person.Id }, cursor: null, Shown, cancellationToken)).Events;
        Failures = await Administration.FailuresOfAsync(person.Id, Shown, cancellationToken);
        Names = await Administration.NamesOfAsync([person.Id, .. Events.Select(row => row.ActorId)], cancellationToken);
        return Page();
    }
}
