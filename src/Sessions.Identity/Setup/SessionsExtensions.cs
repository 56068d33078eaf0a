using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity;

/// <summary>Finds the companion assemblies that the app references.</summary>
internal static class SessionsExtensions
{
    private static readonly string[] _companions = ["Sessions.UI"];

    public static void AddTo(IServiceCollection services)
    {
        foreach (var name in _companions)
        {
            if (TryLoad(name)?.GetTypes().SingleOrDefault(type => typeof(ISessionsExtension).IsAssignableFrom(type) && !type.IsInterface) is { } extension)
            {
                ((ISessionsExtension)Activator.CreateInstance(extension)!).AddServices(services);
            }
        }
    }

    private static Assembly? TryLoad(string name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            // The app has no pages of ours: it may be an API.
            return null;
        }
    }
}
