using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130033713_Seams")]
    public partial class Seams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_register_entries_changed_at",
                table: "register_entries");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_owner",
                table: "experiences_practices");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_state",
                table: "experiences_practices");

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_changed_at_reference_id",
                table: "register_entries",
                columns: new[] { "changed_at", "reference", "id" },
                descending: new[] { true, false, false });

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_member_changed_at",
                table: "register_entries",
                columns: new[] { "member", "changed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_path",
                table: "register_entries",
                column: "path");

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_published_at",
                table: "register_entries",
                column: "published_at");

            migrationBuilder.CreateIndex(
                name: "IX_plans_bindings_kind_key",
                table: "plans_bindings",
                columns: new[] { "kind", "key" });

            migrationBuilder.CreateIndex(
                name: "IX_members_representations_letter",
                table: "members_representations",
                column: "letter",
                filter: "letter IS NOT NULL AND proved_on IS NULL AND until IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_members_members_sort_key_slug",
                table: "members_members",
                columns: new[] { "sort_key", "slug" });

            migrationBuilder.CreateIndex(
                name: "IX_members_members_status_election_on",
                table: "members_members",
                columns: new[] { "status", "election_on" });

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_owner_state",
                table: "experiences_practices",
                columns: new[] { "owner", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_part_of",
                table: "experiences_practices",
                column: "part_of");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_reference",
                table: "experiences_practices",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_state_changed_at",
                table: "experiences_practices",
                columns: new[] { "state", "changed_at" },
                filter: "state = 'Published' AND reviewed_at < changed_at");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_state_number",
                table: "experiences_practices",
                columns: new[] { "state", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_state_published_at",
                table: "experiences_practices",
                columns: new[] { "state", "published_at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_reference",
                table: "exchange_threads",
                column: "reference");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_collections_changed_at",
                table: "exchange_collections",
                column: "changed_at",
                filter: "NOT (is_bookmarks) AND is_public");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_register_entries_changed_at_reference_id",
                table: "register_entries");

            migrationBuilder.DropIndex(
                name: "IX_register_entries_member_changed_at",
                table: "register_entries");

            migrationBuilder.DropIndex(
                name: "IX_register_entries_path",
                table: "register_entries");

            migrationBuilder.DropIndex(
                name: "IX_register_entries_published_at",
                table: "register_entries");

            migrationBuilder.DropIndex(
                name: "IX_plans_bindings_kind_key",
                table: "plans_bindings");

            migrationBuilder.DropIndex(
                name: "IX_members_representations_letter",
                table: "members_representations");

            migrationBuilder.DropIndex(
                name: "IX_members_members_sort_key_slug",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_status_election_on",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_owner_state",
                table: "experiences_practices");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_part_of",
                table: "experiences_practices");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_reference",
                table: "experiences_practices");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_state_changed_at",
                table: "experiences_practices");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_state_number",
                table: "experiences_practices");

            migrationBuilder.DropIndex(
                name: "IX_experiences_practices_state_published_at",
                table: "experiences_practices");

            migrationBuilder.DropIndex(
                name: "IX_exchange_threads_reference",
                table: "exchange_threads");

            migrationBuilder.DropIndex(
                name: "IX_exchange_collections_changed_at",
                table: "exchange_collections");

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_changed_at",
                table: "register_entries",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_owner",
                table: "experiences_practices",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "IX_experiences_practices_state",
                table: "experiences_practices",
                column: "state");
        }
    }
}
