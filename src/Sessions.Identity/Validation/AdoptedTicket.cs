using Sessions.Identity.Stores;

namespace Sessions.Identity.Validation;

/// <summary>The session of an adopted ticket and the key that goes into the ticket for it.</summary>
internal sealed record AdoptedTicket(SessionRecord Session, SessionKey Key);
