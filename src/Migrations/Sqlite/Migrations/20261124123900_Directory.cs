using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Directory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_members_members_region",
                table: "members_members");

            migrationBuilder.AddColumn<string>(
                name: "city",
                table: "members_members",
                type: "TEXT",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "class",
                table: "members_members",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "folded",
                table: "members_members",
                type: "TEXT",
                maxLength: 400,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "population",
                table: "members_members",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sort_key",
                table: "members_members",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "members_counts",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    region = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    @class = table.Column<string>(name: "class", type: "TEXT", maxLength: 40, nullable: false),
                    population = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_counts", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "members_memberships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    member_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    @class = table.Column<string>(name: "class", type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    until = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_memberships", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_memberships_members_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // What was one stretch of time becomes the first period. Names are reckoned after the migrations.
            migrationBuilder.Sql("UPDATE members_members SET class = 'Associate'");
            migrationBuilder.Sql("INSERT INTO members_memberships (id, member_id, class, \"from\", until) SELECT id, id, 'Associate', since, until FROM members_members");
            migrationBuilder.Sql("INSERT INTO members_counts (key, region, country, kind, class, count) SELECT country || '/' || kind || '/Associate/', region, country, kind, 'Associate', COUNT(*) FROM members_members WHERE until IS NULL GROUP BY region, country, kind");

            migrationBuilder.CreateIndex(
                name: "IX_members_members_country_sort_key",
                table: "members_members",
                columns: new[] { "country", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_members_members_region_sort_key",
                table: "members_members",
                columns: new[] { "region", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_members_members_sort_key",
                table: "members_members",
                column: "sort_key");

            migrationBuilder.CreateIndex(
                name: "IX_members_memberships_member_id",
                table: "members_memberships",
                column: "member_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "members_counts");

            migrationBuilder.DropTable(
                name: "members_memberships");

            migrationBuilder.DropIndex(
                name: "IX_members_members_country_sort_key",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_region_sort_key",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_sort_key",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "city",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "class",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "folded",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "population",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "sort_key",
                table: "members_members");

            migrationBuilder.CreateIndex(
                name: "IX_members_members_region",
                table: "members_members",
                column: "region");
        }
    }
}
