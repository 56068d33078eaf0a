using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Adds the tables, their columns and indexes. Whatever the host configures itself in OnModelCreating wins.</summary>
/// <remarks>
/// To a model that has the app's users: EF makes further small models with the same conventions, such as that of its migrations history.
/// The users come with the context's DbSet, before OnModelCreating.
/// </remarks>
internal sealed class SessionTablesConvention(Type userType) : IEntityTypeAddedConvention
{
    public void ProcessEntityTypeAdded(IConventionEntityTypeBuilder entityTypeBuilder, IConventionContext<IConventionEntityTypeBuilder> context)
    {
        if (entityTypeBuilder.Metadata.ClrType != userType || UserKey.TypeOf(userType) is not { } keyType)
        {
            return;
        }

        var modelBuilder = entityTypeBuilder.ModelBuilder;

        // "From a data annotation": an entity added by a mere convention is cleaned away as unreachable.
        AddSessions(modelBuilder.Entity(UserKey.SessionEntity(keyType), fromDataAnnotation: true));
        AddEvents(modelBuilder.Entity(UserKey.EventEntity(keyType), fromDataAnnotation: true));
        AddLeases(modelBuilder.Entity(typeof(IdentitySessionLease), fromDataAnnotation: true));
    }

    private static void AddSessions(IConventionEntityTypeBuilder? entity)
    {
        if (entity is null)
        {
            return;
        }

        entity.ToTable("AspNetUserSessions", fromDataAnnotation: true);
        AddColumns(entity, required: ["UserId", "KeyDigest", "Scheme"]);

        AddIndex(entity, ["KeyDigest"], unique: true);                // the check of every request
        AddIndex(entity, ["UserId", "EndedAt", "LastSeenAt"]);        // the live rows of a user
        AddIndex(entity, ["UserId", "DeviceId"]);                     // a user's device
        AddIndex(entity, ["TwoFactorRememberDigest"]);                // is this remember ticket still good
        AddIndex(entity, ["NoticeKeyDigest"], unique: true);          // "this wasn't me"
        AddIndex(entity, ["IpAddressBytes"]);                         // everything from an address
        AddIndex(entity, ["CreatedAt", "Id"]);                        // everybody's sessions, those begun last first
        AddIndex(entity, ["EndedAt", "ExpiresAt"]);                   // sweep: tickets that are over, old ended rows
        AddIndex(entity, ["EndedBy", "EndedAt"]);                     // forgetting: what somebody did as an operator
    }

    private static void AddEvents(IConventionEntityTypeBuilder? entity)
    {
        if (entity is null)
        {
            return;
        }

        entity.ToTable("AspNetSessionEvents", fromDataAnnotation: true);
        AddColumns(entity, required: ["Kind"]);

        AddIndex(entity, ["UserId", "OccurredAt", "Id"]);             // a user's trail, newest first
        AddIndex(entity, ["Identity", "OccurredAt", "Id"]);           // failures of an identity, newest first
        AddIndex(entity, ["DeviceId", "OccurredAt", "Id"]);           // a device's last sign-in
        AddIndex(entity, ["IpAddressBytes", "OccurredAt"]);           // an address's events
        AddIndex(entity, ["SessionId"]);                              // a session's events
        AddIndex(entity, ["Kind", "OccurredAt"]);                     // triage
        AddIndex(entity, ["OccurredAt", "Id"]);                       // sweep, and everybody's trail
        AddIndex(entity, ["ActorId", "OccurredAt"]);                  // forgetting: what somebody did as an operator
        AddIndex(entity, ["BurstKey"], unique: true);
        AddIndex(entity, ["WriteKey"], unique: true);
    }

    private static void AddLeases(IConventionEntityTypeBuilder? entity)
    {
        if (entity is null)
        {
            return;
        }

        entity.ToTable("AspNetSessionLeases", fromDataAnnotation: true);
        AddColumns(entity, required: ["Name"]);
        entity.PrimaryKey([entity.Property(typeof(string), "Name", fromDataAnnotation: true)!.Metadata], fromDataAnnotation: true);
    }

    private static void AddColumns(IConventionEntityTypeBuilder entity, string[] required)
    {
        foreach (var member in entity.Metadata.ClrType.GetProperties())
        {
            var property = entity.Property(member.PropertyType, member.Name, fromDataAnnotation: true);
            if (property is null)
            {
                continue;
            }

            var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (ColumnLengths.ByProperty.TryGetValue(member.Name, out var length))
            {
                property.HasMaxLength(length, fromDataAnnotation: true);
            }
            else if (member.Name == "IpAddressBytes")
            {
                property.HasMaxLength(16, fromDataAnnotation: true);
            }
            else if (type == typeof(DateTimeOffset))
            {
                property.HasConversion(new UtcDateTimeConverter(), fromDataAnnotation: true);
            }

            // Generic members carry no usable nullability: a string key came out nullable, so it is said for every reference type.
            if (!member.PropertyType.IsValueType || Nullable.GetUnderlyingType(member.PropertyType) is not null)
            {
                property.IsRequired(required.Contains(member.Name), fromDataAnnotation: true);
            }

            if (member.Name == "Id")
            {
                property.ValueGenerated(ValueGenerated.Never, fromDataAnnotation: true);
            }
        }
    }

    private static void AddIndex(IConventionEntityTypeBuilder entity, string[] properties, bool unique = false) =>
        entity.HasIndex(properties, fromDataAnnotation: true)?.IsUnique(unique, fromDataAnnotation: true);
}
