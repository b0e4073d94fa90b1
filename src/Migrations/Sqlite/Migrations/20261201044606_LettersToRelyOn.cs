using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261201044606_LettersToRelyOn")]
    public partial class LettersToRelyOn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "last_day",
                table: "newsletter_lists",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "failure_limit",
                table: "newsletter_issues",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<long>(
                name: "failures_since",
                table: "newsletter_issues",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_stopped",
                table: "newsletter_issues",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "testers",
                table: "newsletter_issues",
                type: "TEXT",
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
