using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Sessions.IntegrationTests.Setup;

/// <summary>What a host says of its own model.</summary>
public interface IShape
{
    /// <summary>In OnModelCreating.</summary>
    static virtual void Create(ModelBuilder builder)
    {
    }

    /// <summary>In ConfigureConventions.</summary>
    static virtual void Configure(ModelConfigurationBuilder conventions)
    {
    }
}

/// <summary>A context with the shape that its host gave it.</summary>
public sealed class ShapedDb<TShape>(DbContextOptions<ShapedDb<TShape>> options) : IdentityDbContext<IdentityUser>(options)
    where TShape : IShape
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        TShape.Create(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => TShape.Configure(configurationBuilder);
}
