using Microsoft.AspNetCore.Authorization;

namespace Sessions.Identity;

/// <summary>Lets in only who entered their credentials lately, on the very session that the request belongs to. Others are sent to enter them, and come back.</summary>
/// <remarks>
/// For pages, controllers, actions and endpoints. A request that no person made by a link or a form is answered as any that lacks a permission.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public sealed class ConfirmedAccessAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>Gets or sets how lately, in minutes.</summary>
    /// <value>0 by default: <see cref="AccessConfirmationOptions.MaxAge"/> holds.</value>
    public int MaxAgeMinutes { get; set; }

    /// <summary>Gives the requirement to the authorization of the endpoint.</summary>
    /// <returns>One <see cref="ConfirmedAccessRequirement"/>.</returns>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() =>
        [new ConfirmedAccessRequirement(MaxAgeMinutes == 0 ? null : TimeSpan.FromMinutes(MaxAgeMinutes))];
}
