using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130173104_Partners")]
    public partial class Partners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "partners",
                table: "site_network",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateIndex(
                name: "IX_access_grants_scope_id_role",
                table: "access_grants",
                columns: new[] { "scope_id", "role" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_access_grants_scope_id_role",
                table: "access_grants");

            migrationBuilder.DropColumn(
                name: "partners",
                table: "site_network");
        }
    }
}
