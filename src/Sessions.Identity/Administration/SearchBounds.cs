namespace Sessions.Identity.Administration;

/// <summary>How many rows a page of a search looks at, at most: so it costs the same in any database, and says how far it looked.</summary>
/// <param name="Events">Events in the order of time, where nothing else puts them in order.</param>
/// <param name="OfKind">Events of a kind.</param>
/// <param name="Named">Events of a user, an identity or an address: they lie apart from each other.</param>
/// <param name="Sessions">Sessions in the order in which they were begun.</param>
/// <param name="Network">Rows of a network that are read whole and put in order. One that has more is looked for along the time.</param>
/// <param name="AlongNetwork">Events or sessions that are looked at for those of such a network.</param>
/// <param name="Counted">Sessions that are counted before they are ended, among those that a page looks at; of more it is said that there may be more.</param>
internal sealed record SearchBounds(int Events = 50_000, int OfKind = 20_000, int Named = 1_000, int Sessions = 10_000, int Network = 3_000, int AlongNetwork = 4_000, int Counted = 500);
