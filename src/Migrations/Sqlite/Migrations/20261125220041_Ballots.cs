using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Ballots : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ballots_papers");

            migrationBuilder.DropTable(
                name: "ballots_roll");

            migrationBuilder.DropTable(
                name: "ballots_ballots");
        }
    }
}
