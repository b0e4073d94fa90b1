using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130120552_Shell")]
    public partial class Shell : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "body",
                table: "sessions_sessions",
                newName: "body_kind");

            migrationBuilder.AddColumn<string>(
                name: "colour",
                table: "site_network",
                type: "TEXT",
                maxLength: 7,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "default_language",
                table: "site_network",
                type: "TEXT",
                maxLength: 2,
                nullable: false,
                defaultValue: "en");

            migrationBuilder.AddColumn<string>(
                name: "home_hidden",
                table: "site_network",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "home_order",
                table: "site_network",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "logo",
                table: "site_network",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "offered_languages",
                table: "site_network",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "picture",
                table: "site_network",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "body_id",
                table: "sessions_sessions",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<Guid>(
                name: "by",
                table: "members_merges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "applicant",
                table: "members_applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "imports_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    headings = table.Column<string>(type: "TEXT", nullable: false),
                    columns = table.Column<string>(type: "TEXT", nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    account = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members_people_merges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kept = table.Column<Guid>(type: "TEXT", nullable: false),
                    gone = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    moves = table.Column<string>(type: "TEXT", nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: false),
                    other = table.Column<string>(type: "TEXT", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_people_merges", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_sessions_body_id_starts_at",
                table: "sessions_sessions",
                columns: new[] { "body_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "IX_members_people_merges_gone",
                table: "members_people_merges",
                column: "gone");

            migrationBuilder.CreateIndex(
                name: "IX_members_people_merges_kept",
                table: "members_people_merges",
                column: "kept");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "imports_files");

            migrationBuilder.DropTable(
                name: "members_people_merges");

            migrationBuilder.DropIndex(
                name: "IX_sessions_sessions_body_id_starts_at",
                table: "sessions_sessions");

            migrationBuilder.DropColumn(
                name: "colour",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "default_language",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "home_hidden",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "home_order",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "logo",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "offered_languages",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "picture",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "body_id",
                table: "sessions_sessions");

            migrationBuilder.DropColumn(
                name: "by",
                table: "members_merges");

            migrationBuilder.DropColumn(
                name: "applicant",
                table: "members_applications");

            migrationBuilder.RenameColumn(
                name: "body_kind",
                table: "sessions_sessions",
                newName: "body");
        }
    }
}
