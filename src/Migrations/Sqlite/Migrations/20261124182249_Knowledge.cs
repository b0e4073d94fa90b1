using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Knowledge : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "has_topics",
                table: "register_entries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "topics",
                table: "register_entries",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "experiences_practices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    narrative = table.Column<string>(type: "TEXT", nullable: false),
                    written_in = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    contact_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    contact_email = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    confirmed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    city = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    start = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    end = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    is_ongoing = table.Column<bool>(type: "INTEGER", nullable: true),
                    participants = table.Column<long>(type: "INTEGER", nullable: true),
                    cost = table.Column<long>(type: "INTEGER", nullable: true),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    media = table.Column<string>(type: "TEXT", nullable: false),
                    part_of = table.Column<Guid>(type: "TEXT", nullable: true),
                    related = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", nullable: true),
                    source_key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    submitted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reviewed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    remark = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_experiences_practices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "experiences_revisions",
                columns: table => new
                {
                    experience = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<Guid>(type: "TEXT", nullable: true),
                    in_the_name_of = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    texts = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_experiences_revisions", x => new { x.experience, x.number });
                });

            migrationBuilder.CreateTable(
                name: "thesaurus_revisions",
                columns: table => new
                {
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    what = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thesaurus_revisions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "thesaurus_schemes",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    widens = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thesaurus_schemes", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "experiences_adoptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    experience = table.Column<Guid>(type: "TEXT", nullable: false),
                    member = table.Column<Guid>(type: "TEXT", nullable: true),
                    who = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    since = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    told = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_experiences_adoptions", x => x.id);
                    table.ForeignKey(
                        name: "FK_experiences_adoptions_experiences_practices_experience",
                        column: x => x.experience,
                        principalTable: "experiences_practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "experiences_authors",
                columns: table => new
                {
                    experience = table.Column<Guid>(type: "TEXT", nullable: false),
                    account = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_experiences_authors", x => new { x.experience, x.account });
                    table.ForeignKey(
                        name: "FK_experiences_authors_experiences_practices_experience",
                        column: x => x.experience,
                        principalTable: "experiences_practices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "thesaurus_concepts",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    scheme = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false),
                    alt = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    broader = table.Column<string>(type: "TEXT", nullable: false),
                    goals = table.Column<string>(type: "TEXT", nullable: false),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    is_deprecated = table.Column<bool>(type: "INTEGER", nullable: false),
                    replaced_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    changed_in = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thesaurus_concepts", x => x.code);
                    table.ForeignKey(
                        name: "FK_thesaurus_concepts_thesaurus_schemes_scheme",
                        column: x => x.scheme,
                        principalTable: "thesaurus_schemes",
                        principalColumn: "key",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_changed_at",
                table: "register_entries",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_adoptions_experience",
                table: "experiences_adoptions",
                column: "experience");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_authors_account",
                table: "experiences_authors",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_number",
                table: "experiences_practices",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_owner",
                table: "experiences_practices",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_slug",
                table: "experiences_practices",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_source_key",
                table: "experiences_practices",
                column: "source_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_state",
                table: "experiences_practices",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_thesaurus_concepts_scheme",
                table: "thesaurus_concepts",
                column: "scheme");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "experiences_adoptions");

            migrationBuilder.DropTable(
                name: "experiences_authors");

            migrationBuilder.DropTable(
                name: "experiences_revisions");

            migrationBuilder.DropTable(
                name: "thesaurus_concepts");

            migrationBuilder.DropTable(
                name: "thesaurus_revisions");

            migrationBuilder.DropTable(
                name: "experiences_practices");

            migrationBuilder.DropTable(
                name: "thesaurus_schemes");

            migrationBuilder.DropIndex(
                name: "IX_register_entries_changed_at",
                table: "register_entries");

            migrationBuilder.DropColumn(
                name: "has_topics",
                table: "register_entries");

            migrationBuilder.DropColumn(
                name: "topics",
                table: "register_entries");
        }
    }
}
