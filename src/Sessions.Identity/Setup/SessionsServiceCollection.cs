using System.Collections;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity;

/// <summary>
/// The app's services as later calls of the builder see them: where AddSignInManager() would put Identity's own manager and stamp
/// validator over ours, ours stay. A host's own types pass.
/// </summary>
internal sealed class SessionsServiceCollection(IServiceCollection services, Type userType) : IServiceCollection
{
    private readonly Type _signInManager = typeof(SignInManager<>).MakeGenericType(userType);
    private readonly Type _stampValidator = typeof(SecurityStampValidator<>).MakeGenericType(userType);

    public int Count => services.Count;

    public bool IsReadOnly => services.IsReadOnly;

    public ServiceDescriptor this[int index]
    {
        get => services[index];
        set => services[index] = value;
    }

    public void Add(ServiceDescriptor item)
    {
        if (IsStock(item, typeof(ISecurityStampValidator), _stampValidator) || IsStock(item, _signInManager, _signInManager))
        {
            return;
        }

        services.Add(item);
    }

    public void Insert(int index, ServiceDescriptor item) => services.Insert(index, item);

    public void Clear() => services.Clear();

    public bool Contains(ServiceDescriptor item) => services.Contains(item);

    public void CopyTo(ServiceDescriptor[] array, int arrayIndex) => services.CopyTo(array, arrayIndex);

    public int IndexOf(ServiceDescriptor item) => services.IndexOf(item);

    public bool Remove(ServiceDescriptor item) => services.Remove(item);

    public void RemoveAt(int index) => services.RemoveAt(index);

    public IEnumerator<ServiceDescriptor> GetEnumerator() => services.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => services.GetEnumerator();

    private static bool IsStock(ServiceDescriptor item, Type service, Type implementation) =>
        !item.IsKeyedService && item.ServiceType == service && item.ImplementationType == implementation;
}
