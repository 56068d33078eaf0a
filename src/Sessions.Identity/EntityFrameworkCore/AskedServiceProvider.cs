namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Remembers whether anything was asked of a scope's services.</summary>
internal sealed class AskedServiceProvider(IServiceProvider services) : IServiceProvider
{
    public bool WasAsked { get; private set; }

    public object? GetService(Type serviceType)
    {
        WasAsked = true;
        return services.GetService(serviceType);
    }
}
