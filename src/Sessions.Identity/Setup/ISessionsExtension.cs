using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity;

/// <summary>What a companion assembly adds to the app's services, so that a reference to it is its whole installation.</summary>
internal interface ISessionsExtension
{
    void AddServices(IServiceCollection services);
}
