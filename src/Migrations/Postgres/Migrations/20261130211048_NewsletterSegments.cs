using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130211048_NewsletterSegments")]
    public partial class NewsletterSegments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "region",
                table: "newsletter_subscribers",
                type: "character varying(3)",
                maxLength: 3,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rhythm",
                table: "newsletter_lists",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Never");

            migrationBuilder.AddColumn<bool>(
                name: "is_assembled",
                table: "newsletter_issues",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "regions",
                table: "newsletter_issues",
                type: "text",
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
