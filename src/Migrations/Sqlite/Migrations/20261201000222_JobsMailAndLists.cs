using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261201000222_JobsMailAndLists")]
    public partial class JobsMailAndLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_register_entries_kind_changed_at",
                table: "register_entries");

            // EF copies the table instead, for which it would need the designer.
            migrationBuilder.Sql("ALTER TABLE jobs_runs DROP COLUMN due_at");

            migrationBuilder.AddColumn<bool>(
                name: "was_interrupted",
                table: "jobs_runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "site_network",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "Etc/UTC");

            migrationBuilder.AddColumn<string>(
                name: "left",
                table: "newsletter_subscribers",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "region",
                table: "newsletter_subscribers",
                type: "TEXT",
                maxLength: 3,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "themes",
                table: "newsletter_subscribers",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "rhythm",
                table: "newsletter_lists",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Never");

            migrationBuilder.AddColumn<Guid>(
                name: "changed_by",
                table: "newsletter_issues",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_assembled",
                table: "newsletter_issues",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "segment",
                table: "newsletter_issues",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<bool>(
                name: "is_cancelled",
                table: "correspondence_letters",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

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
                name: "correspondence_dmarc",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    passed = table.Column<long>(type: "INTEGER", nullable: false),
                    failed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_dmarc", x => new { x.domain, x.day, x.source });
                });

            migrationBuilder.CreateTable(
                name: "correspondence_events",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_events", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "correspondence_refusals",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    letters = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_refusals", x => x.domain);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_wordings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    template = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    texts = table.Column<string>(type: "TEXT", nullable: false),
                    shipped = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_wordings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_sitemap_parts",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    first = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_sitemap_parts", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_kind_changed_at_reference",
                table: "register_entries",
                columns: new[] { "kind", "changed_at", "reference" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_digest_items_account_at",
                table: "correspondence_digest_items",
                columns: new[] { "account", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_digest_items_at",
                table: "correspondence_digest_items",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_dmarc_day",
                table: "correspondence_dmarc",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_events_at",
                table: "correspondence_events",
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

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_wordings_template_language",
                table: "correspondence_wordings",
                columns: new[] { "template", "language" },
                unique: true);

            // Whoever began an issue counts as the one who changed it last.
            migrationBuilder.Sql("UPDATE newsletter_issues SET changed_by = author");
        }
        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "correspondence_digest_items");

            migrationBuilder.DropTable(
                name: "correspondence_digests");

            migrationBuilder.DropTable(
                name: "correspondence_dmarc");

            migrationBuilder.DropTable(
                name: "correspondence_events");

            migrationBuilder.DropTable(
                name: "correspondence_preferences");

            migrationBuilder.DropTable(
                name: "correspondence_refusals");

            migrationBuilder.DropTable(
                name: "correspondence_wordings");

            migrationBuilder.DropTable(
                name: "register_sitemap_parts");

            migrationBuilder.DropIndex(
                name: "IX_register_entries_kind_changed_at_reference",
                table: "register_entries");

            migrationBuilder.DropColumn(
                name: "time_zone",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "left",
                table: "newsletter_subscribers");

            migrationBuilder.DropColumn(
                name: "region",
                table: "newsletter_subscribers");

            migrationBuilder.DropColumn(
                name: "themes",
                table: "newsletter_subscribers");

            migrationBuilder.DropColumn(
                name: "rhythm",
                table: "newsletter_lists");

            migrationBuilder.DropColumn(
                name: "changed_by",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "is_assembled",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "segment",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "is_cancelled",
                table: "correspondence_letters");

            migrationBuilder.RenameColumn(
                name: "was_interrupted",
                table: "jobs_runs",
                newName: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_kind_changed_at",
                table: "register_entries",
                columns: new[] { "kind", "changed_at" });
        }
    }
}
