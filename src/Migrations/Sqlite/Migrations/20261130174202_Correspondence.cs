using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130174202_Correspondence")]
    public partial class Correspondence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "correspondence_holds",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_holds", x => x.domain);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_letters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    domain = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    priority = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    html = table.Column<string>(type: "TEXT", nullable: true),
                    reply_token = table.Column<string>(type: "TEXT", maxLength: 26, nullable: true),
                    calendar = table.Column<string>(type: "TEXT", nullable: true),
                    attachments = table.Column<string>(type: "TEXT", nullable: true),
                    headers = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    claimed_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_letters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_suppressed",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_suppressed", x => x.address);
                });

            // Letters that stand there are ordinary ones; those that were given up stay so.
            migrationBuilder.Sql(
                "INSERT INTO correspondence_letters (" +
                "id, \"to\", language, subject, text, reply_token, calendar, " +
                "created_at, due_at, attempts, sent_at, last_error, " +
                "domain, kind, priority, failed_at) SELECT " +
                "id, \"to\", language, subject, text, reply_token, calendar, " +
                "created_at, due_at, attempts, sent_at, last_error, " +
                "lower(substr(\"to\", instr(\"to\", '@') + 1)), 'notice', 10, " +
                "CASE WHEN sent_at IS NULL AND attempts >= 12 THEN due_at END FROM mail_letters");

            migrationBuilder.DropTable(
                name: "mail_letters");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_letters_failed_at",
                table: "correspondence_letters",
                column: "failed_at");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_letters_priority_due_at",
                table: "correspondence_letters",
                columns: new[] { "priority", "due_at" },
                filter: "sent_at IS NULL AND failed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_letters_sent_at",
                table: "correspondence_letters",
                column: "sent_at");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_letters_to",
                table: "correspondence_letters",
                column: "to");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "correspondence_holds");

            migrationBuilder.DropTable(
                name: "correspondence_letters");

            migrationBuilder.DropTable(
                name: "correspondence_suppressed");

            migrationBuilder.CreateTable(
                name: "mail_letters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    calendar = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    last_error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    reply_token = table.Column<string>(type: "TEXT", maxLength: 26, nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mail_letters", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_mail_letters_sent_at_due_at",
                table: "mail_letters",
                columns: new[] { "sent_at", "due_at" });
        }
    }
}
