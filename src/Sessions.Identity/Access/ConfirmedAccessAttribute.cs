using Microsoft.AspNetCore.Authorization;

namespace Sessions.Identity;

/// <summary>Lets in only who entered their credentials lately, on the very session that the request belongs to. Others are sent to enter them, and come back.</summary>
/// <remarks>
/// For pages, controllers, actions, endpoints and hub methods. How lately, <see cref="AccessConfirmationOptions.MaxAge"/> says; for another age
/// make a policy with <c>RequireConfirmedAccess</c>. A request that no person made by a link or a form is answered as any that lacks a permission.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public sealed class ConfirmedAccessAttribute : AuthorizeAttribute
{
    // A named policy, which everything that reads an authorize attribute enforces: MVC's filter, hubs and Blazor's router read no more than that.
    internal const string PolicyName = "Sessions.ConfirmedAccess";

    /// <summary>Initializes a new instance of <see cref="ConfirmedAccessAttribute"/>.</summary>
    public ConfirmedAccessAttribute()
        : base(PolicyName)
    {
    }

    /// <summary>Gets the policy's name. It can't be another one.</summary>
    public new string Policy => base.Policy!;
}
