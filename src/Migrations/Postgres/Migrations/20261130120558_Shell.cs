using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130120558_Shell")]
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
                type: "character varying(7)",
                maxLength: 7,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "default_language",
                table: "site_network",
                type: "character varying(2)",
                maxLength: 2,
                nullable: false,
                defaultValue: "en");

            migrationBuilder.AddColumn<string>(
                name: "home_hidden",
                table: "site_network",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "home_order",
                table: "site_network",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "logo",
                table: "site_network",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "offered_languages",
                table: "site_network",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "picture",
                table: "site_network",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "body_id",
                table: "sessions_sessions",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<Guid>(
                name: "by",
                table: "members_merges",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "applicant",
                table: "members_applications",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "imports_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    headings = table.Column<string>(type: "text", nullable: false),
                    columns = table.Column<string>(type: "text", nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members_people_merges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kept = table.Column<Guid>(type: "uuid", nullable: false),
                    gone = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    moves = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "text", nullable: false),
                    other = table.Column<string>(type: "text", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
