using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130224557_LetterChoices")]
    public partial class LetterChoices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "correspondence_digest_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    link = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_digest_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_digests",
                columns: table => new
                {
                    account = table.Column<Guid>(type: "TEXT", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_digests", x => x.account);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_preferences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    account = table.Column<Guid>(type: "TEXT", nullable: true),
                    rhythms = table.Column<string>(type: "TEXT", nullable: false),
                    stopped = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
