using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261201044616_LettersToRelyOn")]
    public partial class LettersToRelyOn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "last_day",
                table: "newsletter_lists",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "failure_limit",
                table: "newsletter_issues",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "failures_since",
                table: "newsletter_issues",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_stopped",
                table: "newsletter_issues",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "testers",
                table: "newsletter_issues",
                type: "text",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "last_day",
                table: "newsletter_lists");

            migrationBuilder.DropColumn(
                name: "failure_limit",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "failures_since",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "is_stopped",
                table: "newsletter_issues");

            migrationBuilder.DropColumn(
                name: "testers",
                table: "newsletter_issues");
        }
    }
}
