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
                name: "exchange_collections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    office = table.Column<Guid>(type: "uuid", nullable: true),
                    is_public = table.Column<bool>(type: "boolean", nullable: false),
                    is_bookmarks = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_collections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_drives",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    topic = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    kinds = table.Column<string>(type: "text", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_drives", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_nudges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_off = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_nudges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_threads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    about = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    topic = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    office = table.Column<Guid>(type: "uuid", nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    other = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    helped = table.Column<Guid>(type: "uuid", nullable: true),
                    withdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_threads", x => x.id);
                });

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
                name: "search_saved",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    query = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    rhythm = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    told_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_search_saved", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "exchange_collection_entries",
                columns: table => new
                {
                    collection = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_collection_entries", x => new { x.collection, x.reference });
                    table.ForeignKey(
                        name: "FK_exchange_collection_entries_exchange_collections_collection",
                        column: x => x.collection,
                        principalTable: "exchange_collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_drive_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    drive = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_drive_members", x => x.id);
                    table.ForeignKey(
                        name: "FK_exchange_drive_members_exchange_drives_drive",
                        column: x => x.drive,
                        principalTable: "exchange_drives",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_followers",
                columns: table => new
                {
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    reply_token = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_followers", x => new { x.thread, x.account });
                    table.ForeignKey(
                        name: "FK_exchange_followers_exchange_threads_thread",
                        column: x => x.thread,
                        principalTable: "exchange_threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    institution = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    text = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    is_answer = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_messages", x => x.id);
                    table.ForeignKey(
                        name: "FK_exchange_messages_exchange_threads_thread",
                        column: x => x.thread,
                        principalTable: "exchange_threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_collections_account",
                table: "exchange_collections",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_collections_office",
                table: "exchange_collections",
                column: "office");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_collections_slug",
                table: "exchange_collections",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drive_members_drive",
                table: "exchange_drive_members",
                column: "drive");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drive_members_member",
                table: "exchange_drive_members",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drives_number",
                table: "exchange_drives",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drives_state",
                table: "exchange_drives",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_followers_account",
                table: "exchange_followers",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_followers_reply_token",
                table: "exchange_followers",
                column: "reply_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_messages_by_at",
                table: "exchange_messages",
                columns: new[] { "by", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_messages_thread_at",
                table: "exchange_messages",
                columns: new[] { "thread", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_messages_thread_message_id",
                table: "exchange_messages",
                columns: new[] { "thread", "message_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_nudges_member",
                table: "exchange_nudges",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_about",
                table: "exchange_threads",
                column: "about");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_kind_at",
                table: "exchange_threads",
                columns: new[] { "kind", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_number",
                table: "exchange_threads",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_office",
                table: "exchange_threads",
                column: "office");

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
                name: "IX_search_saved_account",
                table: "search_saved",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_search_saved_rhythm_told_until",
                table: "search_saved",
                columns: new[] { "rhythm", "told_until" });

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
                name: "exchange_collection_entries");

            migrationBuilder.DropTable(
                name: "exchange_drive_members");

            migrationBuilder.DropTable(
                name: "exchange_followers");

            migrationBuilder.DropTable(
                name: "exchange_messages");

            migrationBuilder.DropTable(
                name: "exchange_nudges");

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
                name: "search_saved");

            migrationBuilder.DropTable(
                name: "translation_tasks");

            migrationBuilder.DropTable(
                name: "exchange_collections");

            migrationBuilder.DropTable(
                name: "exchange_drives");

            migrationBuilder.DropTable(
                name: "exchange_threads");

            migrationBuilder.DropColumn(
                name: "reply_token",
                table: "mail_letters");
        }
    }
}
