using Microsoft.AspNetCore.Mvc;
using Sessions.Identity;
using Sessions.Identity.Locations;

namespace Sessions.UI.Operators;

/// <summary>The last 24 hours at a glance, and where a look into a person or an address begins.</summary>
internal sealed class IndexModel : OperatorPage
{
    private const int LongestText = 256;

    /// <summary>What was typed into the box.</summary>
    public string? Wanted { get; private set; }

    /// <summary>The people that it finds.</summary>
    public IReadOnlyList<SessionUser> People { get; private set; } = [];

    /// <summary>The address or network that it is.</summary>
    public System.Net.IPNetwork? Network { get; private set; }

    /// <summary>What happened, where nothing is looked for.</summary>
    public SessionOverview? Overview { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? q, CancellationToken cancellationToken)
    {
        Wanted = q?.Trim() is { Length: > 0 and <= LongestText } text ? text : null;
        if (Wanted is null)
        {
            Overview = await Administration.GetOverviewAsync(cancellationToken);
            return Page();
        }

        Network = IpNetworks.Parse(Wanted);
        People = await Administration.FindUsersAsync(Wanted, cancellationToken);
        return Page();
    }
}
