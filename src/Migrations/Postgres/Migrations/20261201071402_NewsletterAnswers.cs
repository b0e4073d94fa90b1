using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261201071402_NewsletterAnswers")]
    public partial class NewsletterAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reply_token",
                table: "newsletter_issues",
                type: "character varying(26)",
                maxLength: 26,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "newsletter_answers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    issue = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    handled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_newsletter_answers", x => x.id);
                    table.ForeignKey(
                        name: "FK_newsletter_answers_newsletter_issues_issue",
                        column: x => x.issue,
                        principalTable: "newsletter_issues",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_newsletter_answers_newsletter_subscribers_subscriber",
                        column: x => x.subscriber,
                        principalTable: "newsletter_subscribers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_issues_reply_token",
                table: "newsletter_issues",
                column: "reply_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_answers_issue_message_id",
                table: "newsletter_answers",
                columns: new[] { "issue", "message_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_newsletter_answers_subscriber",
                table: "newsletter_answers",
                column: "subscriber");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "newsletter_answers");

            migrationBuilder.DropIndex(
                name: "IX_newsletter_issues_reply_token",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "reply_token",
                table: "newsletter_issues");
        }
    }
}
