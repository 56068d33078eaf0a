using Microsoft.AspNetCore.Identity;

namespace Sessions.Identity;

/// <summary>
/// Stands where no store is registered, so that the app hears what to write. Registered as an open generic: any store that is registered
/// takes precedence, and the container's own validation, which speaks before a start-up check does, has nothing to say.
/// </summary>
internal sealed class MissingUserStore<TUser> : IUserStore<TUser>
    where TUser : class
{
    public MissingUserStore() => throw new InvalidOperationException(SetupErrors.NoStore);

    public Task<IdentityResult> CreateAsync(TUser user, CancellationToken cancellationToken) => throw NoStore();

    public Task<IdentityResult> DeleteAsync(TUser user, CancellationToken cancellationToken) => throw NoStore();

    public Task<TUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => throw NoStore();

    public Task<TUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw NoStore();

    public Task<string?> GetNormalizedUserNameAsync(TUser user, CancellationToken cancellationToken) => throw NoStore();

    public Task<string> GetUserIdAsync(TUser user, CancellationToken cancellationToken) => throw NoStore();

    public Task<string?> GetUserNameAsync(TUser user, CancellationToken cancellationToken) => throw NoStore();

    public Task SetNormalizedUserNameAsync(TUser user, string? normalizedName, CancellationToken cancellationToken) => throw NoStore();

    public Task SetUserNameAsync(TUser user, string? userName, CancellationToken cancellationToken) => throw NoStore();

    public Task<IdentityResult> UpdateAsync(TUser user, CancellationToken cancellationToken) => throw NoStore();

    public void Dispose()
    {
    }

    private static InvalidOperationException NoStore() => new(SetupErrors.NoStore);
}
