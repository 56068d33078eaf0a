using Microsoft.AspNetCore.Identity;

namespace Sessions.IntegrationTests.Setup;

/// <summary>A user that owes nothing to Identity's classes.</summary>
public sealed class Person
{
    public string Id { get; set; } = "1";
}

/// <summary>A store of the host's own making.</summary>
public sealed class PersonStore : IUserStore<Person>
{
    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult<Person?>(null);

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<Person?>(null);

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public void Dispose()
    {
    }
}
