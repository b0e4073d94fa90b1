using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130155349_Forms")]
    public partial class Forms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "intro",
                table: "forms_responses",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "forms_chosen",
                columns: table => new
                {
                    response = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    form = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms_chosen", x => new { x.response, x.field, x.value });
                    table.ForeignKey(
                        name: "FK_forms_chosen_forms_responses_response",
                        column: x => x.response,
                        principalTable: "forms_responses",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "forms_counts",
                columns: table => new
                {
                    form = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    sent = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms_counts", x => x.form);
                });

            migrationBuilder.CreateTable(
                name: "forms_forms",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    draft = table.Column<string>(type: "TEXT", nullable: false),
                    before_removal = table.Column<string>(type: "TEXT", nullable: true),
                    published = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    zone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    phases = table.Column<string>(type: "TEXT", nullable: false),
                    access = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    quota = table.Column<int>(type: "INTEGER", nullable: true),
                    created_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms_forms", x => x.id);
                    table.ForeignKey(
                        name: "FK_forms_forms_forms_kept_published",
                        column: x => x.published,
                        principalTable: "forms_kept",
                        principalColumn: "hash",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "requests_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    form = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    due = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "requests_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    request = table.Column<Guid>(type: "TEXT", nullable: false),
                    member = table.Column<Guid>(type: "TEXT", nullable: false),
                    response = table.Column<Guid>(type: "TEXT", nullable: true),
                    reached = table.Column<int>(type: "INTEGER", nullable: false),
                    reminded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests_members", x => x.id);
                    table.ForeignKey(
                        name: "FK_requests_members_requests_requests_request",
                        column: x => x.request,
                        principalTable: "requests_requests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_forms_chosen_form_field_value",
                table: "forms_chosen",
                columns: new[] { "form", "field", "value" });

            migrationBuilder.CreateIndex(
                name: "IX_forms_forms_key",
                table: "forms_forms",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_forms_forms_published",
                table: "forms_forms",
                column: "published");

            migrationBuilder.CreateIndex(
                name: "IX_requests_members_member",
                table: "requests_members",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_requests_members_request",
                table: "requests_members",
                column: "request");

            migrationBuilder.CreateIndex(
                name: "IX_requests_members_response",
                table: "requests_members",
                column: "response");

            migrationBuilder.CreateIndex(
                name: "IX_requests_requests_number",
                table: "requests_requests",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_requests_requests_state",
                table: "requests_requests",
                column: "state");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "forms_chosen");

            migrationBuilder.DropTable(
                name: "forms_counts");

            migrationBuilder.DropTable(
                name: "forms_forms");

            migrationBuilder.DropTable(
                name: "requests_members");

            migrationBuilder.DropTable(
                name: "requests_requests");

            migrationBuilder.DropColumn(
                name: "intro",
                table: "forms_responses");
        }
    }
}
