using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Sessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ballots_ballots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    of = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    secrecy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    options = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ballots_ballots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    body = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    zone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    preset = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    rules = table.Column<string>(type: "TEXT", nullable: false),
                    notice_days = table.Column<int>(type: "INTEGER", nullable: false),
                    agenda = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    convened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    letters_sent = table.Column<int>(type: "INTEGER", nullable: false),
                    log = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ballots_papers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ballot = table.Column<Guid>(type: "TEXT", nullable: false),
                    tracker = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    option = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    weight = table.Column<long>(type: "INTEGER", nullable: false),
                    @class = table.Column<string>(name: "class", type: "TEXT", maxLength: 60, nullable: true),
                    member = table.Column<Guid>(type: "TEXT", nullable: true),
                    cast_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ballots_papers", x => x.id);
                    table.ForeignKey(
                        name: "FK_ballots_papers_ballots_ballots_ballot",
                        column: x => x.ballot,
                        principalTable: "ballots_ballots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ballots_roll",
                columns: table => new
                {
                    ballot = table.Column<Guid>(type: "TEXT", nullable: false),
                    member = table.Column<Guid>(type: "TEXT", nullable: false),
                    weight = table.Column<long>(type: "INTEGER", nullable: false),
                    @class = table.Column<string>(name: "class", type: "TEXT", maxLength: 60, nullable: true),
                    has_voted = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ballots_roll", x => new { x.ballot, x.member });
                    table.ForeignKey(
                        name: "FK_ballots_roll_ballots_ballots_ballot",
                        column: x => x.ballot,
                        principalTable: "ballots_ballots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_motions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    item = table.Column<Guid>(type: "TEXT", nullable: true),
                    decision = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    resolution = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_motions", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_motions_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_seats",
                columns: table => new
                {
                    session = table.Column<Guid>(type: "TEXT", nullable: false),
                    member = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    @class = table.Column<string>(name: "class", type: "TEXT", maxLength: 60, nullable: false),
                    weight = table.Column<long>(type: "INTEGER", nullable: false),
                    is_observer = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_seats", x => new { x.session, x.member });
                    table.ForeignKey(
                        name: "FK_sessions_seats_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ballots_ballots_of",
                table: "ballots_ballots",
                column: "of");

            migrationBuilder.CreateIndex(
                name: "IX_ballots_papers_ballot_tracker",
                table: "ballots_papers",
                columns: new[] { "ballot", "tracker" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ballots_papers_member",
                table: "ballots_papers",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_ballots_roll_member",
                table: "ballots_roll",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_motions_by",
                table: "sessions_motions",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_motions_session_number",
                table: "sessions_motions",
                columns: new[] { "session", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_seats_member",
                table: "sessions_seats",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_sessions_reference",
                table: "sessions_sessions",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_sessions_starts_at",
                table: "sessions_sessions",
                column: "starts_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ballots_papers");

            migrationBuilder.DropTable(
                name: "ballots_roll");

            migrationBuilder.DropTable(
                name: "sessions_motions");

            migrationBuilder.DropTable(
                name: "sessions_seats");

            migrationBuilder.DropTable(
                name: "ballots_ballots");

            migrationBuilder.DropTable(
                name: "sessions_sessions");
        }
    }
}
