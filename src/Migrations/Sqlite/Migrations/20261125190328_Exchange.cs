using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
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
                type: "TEXT",
                maxLength: 26,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "publishing_blocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    target = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    is_shown = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_blocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_contact",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    answer = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_contact", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    office = table.Column<Guid>(type: "TEXT", nullable: true),
                    author = table.Column<Guid>(type: "TEXT", nullable: true),
                    country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    city = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    date = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    authors = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    licence = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    identifier = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    url = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    files = table.Column<string>(type: "TEXT", nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    remark = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_page_revisions",
                columns: table => new
                {
                    page = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_page_revisions", x => new { x.page, x.number });
                });

            migrationBuilder.CreateTable(
                name: "publishing_pages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    menu = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    is_published = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_pages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "translation_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    target = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    assignee = table.Column<Guid>(type: "TEXT", nullable: false),
                    due = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    assigned_at = table.Column<long>(type: "INTEGER", nullable: false),
                    assigned_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
