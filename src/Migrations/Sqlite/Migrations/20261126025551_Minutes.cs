using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Minutes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_untold",
                table: "sessions_sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "sequence",
                table: "sessions_sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "speech_minutes",
                table: "sessions_sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "about",
                table: "sessions_motions",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "deciding",
                table: "sessions_motions",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "mandates",
                table: "sessions_motions",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "resolution",
                table: "plans_versions",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "about",
                table: "plans_resolutions",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "accepted_by",
                table: "plans_reports",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided",
                table: "plans_actions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ratified_by",
                table: "plans_actions",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "calendar",
                table: "mail_letters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "sessions_amendments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    motion = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    paragraph = table.Column<int>(type: "INTEGER", nullable: false),
                    was = table.Column<string>(type: "TEXT", maxLength: 50000, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_amendments", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_amendments_sessions_motions_motion",
                        column: x => x.motion,
                        principalTable: "sessions_motions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_delegates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session = table.Column<Guid>(type: "TEXT", nullable: false),
                    member = table.Column<Guid>(type: "TEXT", nullable: true),
                    organisation = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    checked_in_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_delegates", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_delegates_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    edition = table.Column<int>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    item = table.Column<Guid>(type: "TEXT", nullable: true),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    media_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_documents", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_documents_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_minutes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session = table.Column<Guid>(type: "TEXT", nullable: false),
                    of = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    presented_at = table.Column<long>(type: "INTEGER", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    approved_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_minutes", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_minutes_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_corrections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    minutes = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_corrections", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_corrections_sessions_minutes_minutes",
                        column: x => x.minutes,
                        principalTable: "sessions_minutes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_amendments_by",
                table: "sessions_amendments",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_amendments_motion_number",
                table: "sessions_amendments",
                columns: new[] { "motion", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_corrections_by",
                table: "sessions_corrections",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_corrections_minutes_number",
                table: "sessions_corrections",
                columns: new[] { "minutes", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_delegates_member",
                table: "sessions_delegates",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_delegates_session_code",
                table: "sessions_delegates",
                columns: new[] { "session", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_documents_session_number_edition",
                table: "sessions_documents",
                columns: new[] { "session", "number", "edition" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_minutes_of",
                table: "sessions_minutes",
                column: "of");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_minutes_session",
                table: "sessions_minutes",
                column: "session",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "sessions_amendments");

            migrationBuilder.DropTable(
                name: "sessions_corrections");

            migrationBuilder.DropTable(
                name: "sessions_delegates");

            migrationBuilder.DropTable(
                name: "sessions_documents");

            migrationBuilder.DropTable(
                name: "sessions_minutes");

            migrationBuilder.DropColumn(
                name: "is_untold",
                table: "sessions_sessions");

            migrationBuilder.DropColumn(
                name: "sequence",
                table: "sessions_sessions");

            migrationBuilder.DropColumn(
                name: "speech_minutes",
                table: "sessions_sessions");

            migrationBuilder.DropColumn(
                name: "about",
                table: "sessions_motions");

            migrationBuilder.DropColumn(
                name: "deciding",
                table: "sessions_motions");

            migrationBuilder.DropColumn(
                name: "mandates",
                table: "sessions_motions");

            migrationBuilder.DropColumn(
                name: "resolution",
                table: "plans_versions");

            migrationBuilder.DropColumn(
                name: "about",
                table: "plans_resolutions");

            migrationBuilder.DropColumn(
                name: "accepted_by",
                table: "plans_reports");

            migrationBuilder.DropColumn(
                name: "decided",
                table: "plans_actions");

            migrationBuilder.DropColumn(
                name: "ratified_by",
                table: "plans_actions");

            migrationBuilder.DropColumn(
                name: "calendar",
                table: "mail_letters");
        }
    }
}
