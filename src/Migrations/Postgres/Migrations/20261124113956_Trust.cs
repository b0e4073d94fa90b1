using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Trust : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_access_grants_account_id",
                table: "access_grants");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "tried_at",
                table: "access_accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "tries",
                table: "access_accounts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            // A role could be given twice in one place; the longer gift stays.
            migrationBuilder.Sql("""
                DELETE FROM access_grants WHERE id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (
                    PARTITION BY account_id, role, scope_kind, scope_id ORDER BY CASE WHEN until IS NULL THEN 0 ELSE 1 END, until DESC) AS n FROM access_grants) AS given WHERE n > 1)
                """);

            // The migration before this one once left an empty text where a list belongs.
            migrationBuilder.Sql("UPDATE site_network SET off = '[]' WHERE off = ''");

            migrationBuilder.CreateIndex(
                name: "IX_access_grants_account_id_role_scope_kind_scope_id",
                table: "access_grants",
                columns: new[] { "account_id", "role", "scope_kind", "scope_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_access_grants_account_id_role_scope_kind_scope_id",
                table: "access_grants");

            migrationBuilder.DropColumn(
                name: "tried_at",
                table: "access_accounts");

            migrationBuilder.DropColumn(
                name: "tries",
                table: "access_accounts");

            migrationBuilder.CreateIndex(
                name: "IX_access_grants_account_id",
                table: "access_grants",
                column: "account_id");
        }
    }
}
