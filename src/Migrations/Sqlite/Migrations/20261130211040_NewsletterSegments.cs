using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130211040_NewsletterSegments")]
    public partial class NewsletterSegments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "region",
                table: "newsletter_subscribers",
                type: "TEXT",
                maxLength: 3,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rhythm",
                table: "newsletter_lists",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Never");

            migrationBuilder.AddColumn<bool>(
                name: "is_assembled",
                table: "newsletter_issues",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "regions",
                table: "newsletter_issues",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "region",
                table: "newsletter_subscribers");

            migrationBuilder.DropColumn(
                name: "rhythm",
                table: "newsletter_lists");

            migrationBuilder.DropColumn(
                name: "is_assembled",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "regions",
                table: "newsletter_issues");
        }
    }
}
