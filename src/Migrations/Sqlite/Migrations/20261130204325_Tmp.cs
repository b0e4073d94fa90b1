using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130204325_Tmp")]
    public partial class Tmp : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "correspondence_dmarc",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    passed = table.Column<long>(type: "INTEGER", nullable: false),
                    failed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_dmarc", x => new { x.domain, x.day, x.source });
                });

            migrationBuilder.CreateTable(
                name: "correspondence_events",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "correspondence_refusals",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    letters = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_correspondence_refusals", x => x.domain);
                });

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_dmarc_day",
                table: "correspondence_dmarc",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "IX_correspondence_events_at",
                table: "correspondence_events",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "correspondence_dmarc");

            migrationBuilder.DropTable(
                name: "correspondence_events");

            migrationBuilder.DropTable(
                name: "correspondence_refusals");
        }
    }
}
