using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Mending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_sample",
                table: "site_network",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_from_stranger",
                table: "files_kept",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "access_tokens",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "client",
                table: "access_sign_in_requests",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "access_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    device = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_held_replies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    thread = table.Column<Guid>(type: "TEXT", nullable: false),
                    account = table.Column<Guid>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 10000, nullable: false),
                    message_id = table.Column<string>(type: "TEXT", maxLength: 250, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_held_replies", x => x.id);
                    table.ForeignKey(
                        name: "FK_exchange_held_replies_exchange_threads_thread",
                        column: x => x.thread,
                        principalTable: "exchange_threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "site_submitted_forms",
                columns: table => new
                {
                    identity = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    location = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_site_submitted_forms", x => x.identity);
                });

            migrationBuilder.CreateIndex(
                name: "IX_access_tokens_account_id",
                table: "access_tokens",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_access_sessions_account_id_ends_at",
                table: "access_sessions",
                columns: new[] { "account_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_held_replies_account",
                table: "exchange_held_replies",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_held_replies_thread_message_id",
                table: "exchange_held_replies",
                columns: new[] { "thread", "message_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_site_submitted_forms_at",
                table: "site_submitted_forms",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_sessions");

            migrationBuilder.DropTable(
                name: "exchange_held_replies");

            migrationBuilder.DropTable(
                name: "site_submitted_forms");

            migrationBuilder.DropIndex(
                name: "IX_access_tokens_account_id",
                table: "access_tokens");

            migrationBuilder.DropColumn(
                name: "is_sample",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "is_from_stranger",
                table: "files_kept");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "access_tokens");

            migrationBuilder.DropColumn(
                name: "client",
                table: "access_sign_in_requests");
        }
    }
}
