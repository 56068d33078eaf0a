using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IdentityApp.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AspNetRoles",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetRoles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetSessionEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: true),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Scheme = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Identity = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    DeviceId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    SignInMethod = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    MethodDetail = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    IpAddress = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    IpAddressBytes = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    UserAgent = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    ClientHints = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    Browser = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    BrowserVersion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    OperatingSystem = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    OperatingSystemVersion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    DeviceType = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    DeviceModel = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    AppName = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AppVersion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    AppBuild = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    CountryCode = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    Country = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Region = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    City = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    AutonomousSystemNumber = table.Column<long>(type: "INTEGER", nullable: true),
                    Organization = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    FailureReason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    EndReason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    EndScope = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    ActorId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    Latitude = table.Column<double>(type: "REAL", nullable: true),
                    Longitude = table.Column<double>(type: "REAL", nullable: true),
                    TravelDistance = table.Column<double>(type: "REAL", nullable: true),
                    TravelSeconds = table.Column<long>(type: "INTEGER", nullable: true),
                    IsNewDevice = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsImpossibleTravel = table.Column<bool>(type: "INTEGER", nullable: false),
                    TraceId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Endpoint = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    BurstKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    WriteKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Metadata = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    OccurredAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetSessionEvents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetSessionLeases",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastRanAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastResult = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetSessionLeases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUsers",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", nullable: true),
                    ConcurrencyStamp = table.Column<string>(type: "TEXT", nullable: true),
                    PhoneNumber = table.Column<string>(type: "TEXT", nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    TwoFactorEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(type: "TEXT", nullable: true),
                    LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUsers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AspNetRoleClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RoleId = table.Column<string>(type: "TEXT", nullable: false),
                    ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimValue = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetRoleClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetRoleClaims_AspNetRoles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "AspNetRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                    ClaimValue = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetUserClaims_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    ProviderDisplayName = table.Column<string>(type: "TEXT", nullable: true),
                    UserId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_AspNetUserLogins_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserRoles",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    RoleId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserRoles", x => new { x.UserId, x.RoleId });
                    table.ForeignKey(
                        name: "FK_AspNetUserRoles_AspNetRoles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "AspNetRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AspNetUserRoles_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserSessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    KeyDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StampDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Scheme = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    DeviceId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    SignInMethod = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    MethodDetail = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    IpAddress = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    IpAddressBytes = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    UserAgent = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    ClientHints = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    Browser = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    BrowserVersion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    OperatingSystem = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    OperatingSystemVersion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    DeviceType = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    DeviceModel = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    AppName = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AppVersion = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    AppBuild = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    CountryCode = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    Country = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Region = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    City = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    AutonomousSystemNumber = table.Column<long>(type: "INTEGER", nullable: true),
                    Organization = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    IsPersistent = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsAdopted = table.Column<bool>(type: "INTEGER", nullable: false),
                    TwoFactorRememberDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    LastSeenIpAddress = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastSeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AccessConfirmedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndReason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    EndNote = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    EndMetadata = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    NoticeKeyDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    NoticeAnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserSessions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetUserSessions_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserTokens",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_AspNetUserTokens_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetRoleClaims_RoleId",
                table: "AspNetRoleClaims",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                table: "AspNetRoles",
                column: "NormalizedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_ActorId_OccurredAt",
                table: "AspNetSessionEvents",
                columns: new[] { "ActorId", "OccurredAt" },
                filter: "\"ActorId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_BurstKey",
                table: "AspNetSessionEvents",
                column: "BurstKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_DeviceId_OccurredAt_Id",
                table: "AspNetSessionEvents",
                columns: new[] { "DeviceId", "OccurredAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_Identity_OccurredAt_Id",
                table: "AspNetSessionEvents",
                columns: new[] { "Identity", "OccurredAt", "Id" },
                filter: "\"Identity\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_IpAddressBytes_OccurredAt",
                table: "AspNetSessionEvents",
                columns: new[] { "IpAddressBytes", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_Kind_OccurredAt",
                table: "AspNetSessionEvents",
                columns: new[] { "Kind", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_OccurredAt_Id",
                table: "AspNetSessionEvents",
                columns: new[] { "OccurredAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_SessionId",
                table: "AspNetSessionEvents",
                column: "SessionId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_UserId_OccurredAt_Id",
                table: "AspNetSessionEvents",
                columns: new[] { "UserId", "OccurredAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetSessionEvents_WriteKey",
                table: "AspNetSessionEvents",
                column: "WriteKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserClaims_UserId",
                table: "AspNetUserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserLogins_UserId",
                table: "AspNetUserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserRoles_RoleId",
                table: "AspNetUserRoles",
                column: "RoleId");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "AspNetUsers",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "AspNetUsers",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_CreatedAt_Id",
                table: "AspNetUserSessions",
                columns: new[] { "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_EndedAt_ExpiresAt",
                table: "AspNetUserSessions",
                columns: new[] { "EndedAt", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_EndedBy_EndedAt",
                table: "AspNetUserSessions",
                columns: new[] { "EndedBy", "EndedAt" },
                filter: "\"EndedBy\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_IpAddressBytes",
                table: "AspNetUserSessions",
                column: "IpAddressBytes");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_KeyDigest",
                table: "AspNetUserSessions",
                column: "KeyDigest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_NoticeKeyDigest",
                table: "AspNetUserSessions",
                column: "NoticeKeyDigest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_TwoFactorRememberDigest",
                table: "AspNetUserSessions",
                column: "TwoFactorRememberDigest");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_UserId_DeviceId",
                table: "AspNetUserSessions",
                columns: new[] { "UserId", "DeviceId" });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserSessions_UserId_EndedAt_LastSeenAt",
                table: "AspNetUserSessions",
                columns: new[] { "UserId", "EndedAt", "LastSeenAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AspNetRoleClaims");

            migrationBuilder.DropTable(
                name: "AspNetSessionEvents");

            migrationBuilder.DropTable(
                name: "AspNetSessionLeases");

            migrationBuilder.DropTable(
                name: "AspNetUserClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserLogins");

            migrationBuilder.DropTable(
                name: "AspNetUserRoles");

            migrationBuilder.DropTable(
                name: "AspNetUserSessions");

            migrationBuilder.DropTable(
                name: "AspNetUserTokens");

            migrationBuilder.DropTable(
                name: "AspNetRoles");

            migrationBuilder.DropTable(
                name: "AspNetUsers");
        }
    }
}
