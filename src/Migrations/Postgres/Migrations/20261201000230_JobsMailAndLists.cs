using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261201000230_JobsMailAndLists")]
    public partial class JobsMailAndLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_register_entries_kind_changed_at",
                table: "register_entries");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "jobs_runs");

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "site_network",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                defaultValue: "Etc/UTC");

            migrationBuilder.AddColumn<string>(
                name: "left",
                table: "newsletter_subscribers",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "region",
                table: "newsletter_subscribers",
                type: "character varying(3)",
                maxLength: 3,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "themes",
                table: "newsletter_subscribers",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "rhythm",
                table: "newsletter_lists",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Never");

            migrationBuilder.AddColumn<Guid>(
                name: "changed_by",
                table: "newsletter_issues",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_assembled",
                table: "newsletter_issues",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "segment",
                table: "newsletter_issues",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<bool>(
                name: "was_interrupted",
                table: "jobs_runs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_cancelled",
                table: "correspondence_letters",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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
                name: "correspondence_dmarc",
                columns: table => new
                {
                    domain = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: false),
                    passed = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_dmarc", x => new { x.domain, x.day, x.source });
                });

            migrationBuilder.CreateTable(
                name: "correspondence_events",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_events", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "correspondence_refusals",
                columns: table => new
                {
                    domain = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answer = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    letters = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_refusals", x => x.domain);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_wordings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    template = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    texts = table.Column<string>(type: "text", nullable: false),
                    shipped = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_wordings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_sitemap_parts",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    first = table.Column<Guid>(type: "uuid", nullable: false)
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
                name: "was_interrupted",
                table: "jobs_runs");

            migrationBuilder.DropColumn(
                name: "is_cancelled",
                table: "correspondence_letters");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "due_at",
                table: "jobs_runs",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_kind_changed_at",
                table: "register_entries",
                columns: new[] { "kind", "changed_at" });
        }
    }
}
