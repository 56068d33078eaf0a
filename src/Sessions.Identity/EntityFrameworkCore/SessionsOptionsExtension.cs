using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Tells a context's model that it has our tables, and for which type of user.</summary>
internal sealed class SessionsOptionsExtension(Type userType) : IDbContextOptionsExtension
{
    private DbContextOptionsExtensionInfo? _info;

    public Type UserType { get; } = userType;

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this);

    public static void AddServices(IServiceCollection services) =>
        new EntityFrameworkServicesBuilder(services).TryAdd<IConventionSetPlugin, SessionsConventionSetPlugin>();

    public void ApplyServices(IServiceCollection services) => AddServices(services);

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(SessionsOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using Sessions ";

        private Type UserType => ((SessionsOptionsExtension)Extension).UserType;

        public override int GetServiceProviderHashCode() => UserType.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo info && info.UserType == UserType;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Sessions:UserType"] = UserType.FullName ?? UserType.Name;
    }
}
