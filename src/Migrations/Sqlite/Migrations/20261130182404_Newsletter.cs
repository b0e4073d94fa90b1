using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130182404_Newsletter")]
    public partial class Newsletter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "batch",
                table: "correspondence_letters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "newsletter_issues",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    list = table.Column<Guid>(type: "TEXT", nullable: false),
                    author = table.Column<Guid>(type: "TEXT", nullable: true),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    entries = table.Column<string>(type: "TEXT", nullable: false),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    sent_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    recipients = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_newsletter_issues", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "newsletter_lists",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    is_public = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_newsletter_lists", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "newsletter_subscribers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    email_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    account = table.Column<Guid>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    token = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    asked_from = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    wording = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    confirmed_from = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    unsubscribed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_newsletter_subscribers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "newsletter_subscriptions",
                columns: table => new
                {
                    subscriber = table.Column<Guid>(type: "TEXT", nullable: false),
                    list = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_newsletter_subscriptions", x => new { x.subscriber, x.list });
                    table.ForeignKey(
                        name: "FK_newsletter_subscriptions_newsletter_subscribers_subscriber",
                        column: x => x.subscriber,
                        principalTable: "newsletter_subscribers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_letters_batch",
                table: "correspondence_letters",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_issues_archived_at",
                table: "newsletter_issues",
                column: "archived_at");

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_issues_list_sent_at",
                table: "newsletter_issues",
                columns: new[] { "list", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_issues_number",
                table: "newsletter_issues",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_lists_slug",
                table: "newsletter_lists",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_subscribers_account",
                table: "newsletter_subscribers",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_subscribers_email_hash",
                table: "newsletter_subscribers",
                column: "email_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_subscribers_state_asked_at",
                table: "newsletter_subscribers",
                columns: new[] { "state", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_subscribers_token",
                table: "newsletter_subscribers",
                column: "token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_subscriptions_list",
                table: "newsletter_subscriptions",
                column: "list");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "newsletter_issues");

            migrationBuilder.DropTable(
                name: "newsletter_lists");

            migrationBuilder.DropTable(
                name: "newsletter_subscriptions");

            migrationBuilder.DropTable(
                name: "newsletter_subscribers");

            migrationBuilder.DropIndex(
                name: "IX_correspondence_letters_batch",
                table: "correspondence_letters");

            migrationBuilder.DropColumn(
                name: "batch",
                table: "correspondence_letters");
        }
    }
}
