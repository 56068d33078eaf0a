using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Setup;

public sealed class RenamedTablesAndColumns : IShape
{
    public static void Create(ModelBuilder builder)
    {
        builder.Entity<IdentityUser>(user =>
        {
            user.ToTable("people");
            user.Property(person => person.Id).HasColumnName("person id");
            user.Property(person => person.SecurityStamp).HasColumnName("stamp");
        });
        builder.Entity<IdentityUserSession<string>>(session =>
        {
            session.ToTable("signed in \"devices\"");
            session.Property(device => device.KeyDigest).HasColumnName("the key");
            session.Property(device => device.UserId).HasColumnName("person");
        });
    }
}

/// <summary>The columns that say who did it, under names that need care.</summary>
public sealed class RenamedActors : IShape
{
    public static void Create(ModelBuilder builder)
    {
        builder.Entity<IdentityUserSession<string>>().Property(row => row.EndedBy).HasColumnName("by \"who] ever\"");
        builder.Entity<IdentitySessionEvent<string>>().Property(row => row.ActorId).HasColumnName("by \"who] ever\"");
    }
}

/// <summary>A host's own convention that names columns last of all.</summary>
public sealed class LateNames : IShape
{
    public static void Configure(ModelConfigurationBuilder conventions) => conventions.Conventions.Add(_ => new Last());

    private sealed class Last : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context) =>
            modelBuilder.Metadata.FindEntityType(typeof(IdentitySessionEvent<string>))!.FindProperty("ActorId")!.Builder.HasColumnName("late");
    }
}

public sealed class SnakeCase : IShape
{
    public static void Create(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
            }
        }
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}

public sealed class OwnSchema : IShape
{
    public static void Create(ModelBuilder builder) => builder.HasDefaultSchema("auth");
}

/// <summary>A stand-in for a cipher: what is kept is not what is read, nor of the same type.</summary>
public sealed class Encrypted : IShape
{
    public static void Create(ModelBuilder builder)
    {
        ValueConverter cipher = new ValueConverter<string, byte[]>(text => Flip(Encoding.UTF8.GetBytes(text)), bytes => Encoding.UTF8.GetString(Flip(bytes)));
        builder.Entity<IdentityUser>().Property(user => user.SecurityStamp).HasConversion(cipher);
        builder.Entity<IdentityUserSession<string>>(session =>
        {
            session.Property(device => device.KeyDigest).HasConversion(cipher);
            session.Property(device => device.Scheme).HasConversion(cipher);
            session.Property(device => device.IpAddress).HasConversion(cipher);
            session.Property(device => device.UserAgent).HasConversion(cipher);
        });
        builder.Entity<IdentitySessionEvent<string>>().Property(row => row.Identity).HasConversion(cipher);
    }

    private static byte[] Flip(byte[] bytes) => [.. bytes.Select(value => (byte)(value ^ 0x5a))];
}

public sealed class TimesAsTicks : IShape
{
    public static void Configure(ModelConfigurationBuilder conventions) => conventions.Properties<DateTimeOffset>().HaveConversion<TicksConverter>();

    private sealed class TicksConverter() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

public sealed class OwnConversions : IShape
{
    public static void Configure(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Guid>().HaveConversion<string>();
        conventions.Properties<bool>().HaveConversion<int>();
    }
}

public sealed class QueryFilters : IShape
{
    public static void Create(ModelBuilder builder)
    {
        builder.Entity<IdentityUser>().HasQueryFilter(user => user.PhoneNumber == null);
        builder.Entity<IdentityUserSession<string>>().HasQueryFilter(session => session.Browser == "none");
        builder.Entity<IdentitySessionEvent<string>>().HasQueryFilter(row => row.Browser == "none");
    }
}

/// <summary>Shorter than a user agent is.</summary>
public sealed class ShortStrings : IShape
{
    public static void Configure(ModelConfigurationBuilder conventions) => conventions.Properties<string>().HaveMaxLength(100);

    // A password's hash is as long as it is.
    public static void Create(ModelBuilder builder) => builder.Entity<IdentityUser>().Property(user => user.PasswordHash).HasMaxLength(500);
}
