using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Consultations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "prepares",
                table: "sessions_sessions",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "consultation",
                table: "sessions_motions",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "under",
                table: "sessions_amendments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "sessions_consultations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    introduction = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    asks_all = table.Column<bool>(type: "boolean", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_consultations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_asked",
                columns: table => new
                {
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_asked", x => new { x.consultation, x.member });
                    table.ForeignKey(
                        name: "FK_sessions_asked_sessions_consultations_consultation",
                        column: x => x.consultation,
                        principalTable: "sessions_consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_comments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<int>(type: "integer", nullable: false),
                    paragraph = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    answer = table.Column<string>(type: "text", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_comments", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_comments_sessions_consultations_consultation",
                        column: x => x.consultation,
                        principalTable: "sessions_consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_draft_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_draft_versions", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_draft_versions_sessions_consultations_consultation",
                        column: x => x.consultation,
                        principalTable: "sessions_consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_sessions_prepares",
                table: "sessions_sessions",
                column: "prepares");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_motions_consultation",
                table: "sessions_motions",
                column: "consultation");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_asked_member",
                table: "sessions_asked",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_comments_by",
                table: "sessions_comments",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_comments_consultation_of_paragraph",
                table: "sessions_comments",
                columns: new[] { "consultation", "of", "paragraph" });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_consultations_reference",
                table: "sessions_consultations",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_consultations_state",
                table: "sessions_consultations",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_draft_versions_consultation_number",
                table: "sessions_draft_versions",
                columns: new[] { "consultation", "number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sessions_asked");

            migrationBuilder.DropTable(
                name: "sessions_comments");

            migrationBuilder.DropTable(
                name: "sessions_draft_versions");

            migrationBuilder.DropTable(
                name: "sessions_consultations");

            migrationBuilder.DropIndex(
                name: "IX_sessions_sessions_prepares",
                table: "sessions_sessions");

            migrationBuilder.DropIndex(
                name: "IX_sessions_motions_consultation",
                table: "sessions_motions");

            migrationBuilder.DropColumn(
                name: "prepares",
                table: "sessions_sessions");

            migrationBuilder.DropColumn(
                name: "consultation",
                table: "sessions_motions");

            migrationBuilder.DropColumn(
                name: "under",
                table: "sessions_amendments");
        }
    }
}
