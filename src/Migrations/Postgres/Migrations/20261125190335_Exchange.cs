using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Exchange : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reply_token",
                table: "mail_letters",
                type: "character varying(26)",
                maxLength: 26,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "publishing_blocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    order = table.Column<int>(type: "integer", nullable: false),
                    is_shown = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_blocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_contact",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_contact", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    slug = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    office = table.Column<Guid>(type: "uuid", nullable: true),
                    author = table.Column<Guid>(type: "uuid", nullable: true),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: true),
                    city = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: true),
                    date = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    authors = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    licence = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    identifier = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    url = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    files = table.Column<string>(type: "text", nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    remark = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_page_revisions",
                columns: table => new
                {
                    page = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_page_revisions", x => new { x.page, x.number });
                });

            migrationBuilder.CreateTable(
                name: "publishing_pages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    menu = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    order = table.Column<int>(type: "integer", nullable: false),
                    is_published = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_pages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "translation_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    target = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    assignee = table.Column<Guid>(type: "uuid", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    assigned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    assigned_by = table.Column<Guid>(type: "uuid", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_translation_tasks", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_publishing_contact_done_at_at",
                table: "publishing_contact",
                columns: new[] { "done_at", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_author",
                table: "publishing_items",
                column: "author");

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_number",
                table: "publishing_items",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_owner",
                table: "publishing_items",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_slug",
                table: "publishing_items",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_state_kind_published_at",
                table: "publishing_items",
                columns: new[] { "state", "kind", "published_at" });

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_state_starts_at",
                table: "publishing_items",
                columns: new[] { "state", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "IX_publishing_pages_slug",
                table: "publishing_pages",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_translation_tasks_assignee_done_at",
                table: "translation_tasks",
                columns: new[] { "assignee", "done_at" });

            migrationBuilder.CreateIndex(
                name: "IX_translation_tasks_reference_target",
                table: "translation_tasks",
                columns: new[] { "reference", "target" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "publishing_blocks");

            migrationBuilder.DropTable(
                name: "publishing_contact");

            migrationBuilder.DropTable(
                name: "publishing_items");

            migrationBuilder.DropTable(
                name: "publishing_page_revisions");

            migrationBuilder.DropTable(
                name: "publishing_pages");

            migrationBuilder.DropTable(
                name: "translation_tasks");

            migrationBuilder.DropColumn(
                name: "reply_token",
                table: "mail_letters");
        }
    }
}
