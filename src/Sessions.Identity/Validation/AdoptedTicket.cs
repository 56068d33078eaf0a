using Sessions.Identity.Stores;

namespace Sessions.Identity.Validation;

/// <summary>The session of an adopted ticket, none if the ticket's user does not exist, and the key that goes into the ticket for it.</summary>
internal sealed record AdoptedTicket(SessionRecord? Session, SessionKey Key);
