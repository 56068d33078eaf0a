namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The id that both tables sort by.</summary>
internal interface IHasId
{
    Guid Id { get; }
}
