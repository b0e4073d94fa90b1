using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    secrecy = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    options = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ballots_ballots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ballots_papers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ballot = table.Column<Guid>(type: "uuid", nullable: false),
                    tracker = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    option = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    weight = table.Column<long>(type: "bigint", nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(60)", maxLength: 60, nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    cast_by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    ballot = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    weight = table.Column<long>(type: "bigint", nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(60)", maxLength: 60, nullable: true),
                    has_voted = table.Column<bool>(type: "boolean", nullable: false)
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
