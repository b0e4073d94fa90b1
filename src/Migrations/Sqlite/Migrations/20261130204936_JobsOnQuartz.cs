using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130204936_JobsOnQuartz")]
    public partial class JobsOnQuartz : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // EF copies the table instead, for which it would need the designer.
            migrationBuilder.Sql("ALTER TABLE jobs_runs DROP COLUMN due_at");

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "site_network",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "Etc/UTC");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "time_zone",
                table: "site_network");

            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "jobs_runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }
    }
}
