using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130203622_Tmp")]
    public partial class Tmp : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_register_entries_kind_changed_at",
                table: "register_entries");

            migrationBuilder.CreateTable(
                name: "register_sitemap_parts",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    first = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_sitemap_parts", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_kind_changed_at_reference",
                table: "register_entries",
                columns: new[] { "kind", "changed_at", "reference" },
                descending: new[] { false, true, false });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "register_sitemap_parts");

            migrationBuilder.DropIndex(
                name: "IX_register_entries_kind_changed_at_reference",
                table: "register_entries");

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_kind_changed_at",
                table: "register_entries",
                columns: new[] { "kind", "changed_at" });
        }
    }
}
