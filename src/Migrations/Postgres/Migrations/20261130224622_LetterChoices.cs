using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130224622_LetterChoices")]
    public partial class LetterChoices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "correspondence_digest_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    link = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_digest_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_digests",
                columns: table => new
                {
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_digests", x => x.account);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_preferences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    rhythms = table.Column<string>(type: "text", nullable: false),
                    stopped = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_preferences", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_digest_items_account_at",
                table: "correspondence_digest_items",
                columns: new[] { "account", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_digest_items_at",
                table: "correspondence_digest_items",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_preferences_account",
                table: "correspondence_preferences",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_preferences_address",
                table: "correspondence_preferences",
                column: "address",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "correspondence_digest_items");

            migrationBuilder.DropTable(
                name: "correspondence_digests");

            migrationBuilder.DropTable(
                name: "correspondence_preferences");
        }
    }
}
