using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "unreached",
                table: "sessions_sessions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "account",
                table: "sessions_delegates",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "confirmed_at",
                table: "members_representations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "named_by",
                table: "members_representations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_from_stranger",
                table: "files_kept",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<byte[]>(
                name: "envelope",
                table: "ballots_roll",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "tracker_tag",
                table: "ballots_roll",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                table: "access_tokens",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<byte[]>(
                name: "client",
                table: "access_sign_in_requests",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "access_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    device = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_held_replies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
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
                    identity = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    location = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_site_submitted_forms", x => x.identity);
                });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_delegates_account",
                table: "sessions_delegates",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_ballots_roll_ballot_tracker_tag",
                table: "ballots_roll",
                columns: new[] { "ballot", "tracker_tag" },
                unique: true);

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

            // Tokens from before this version hold for a year from their creation.
            migrationBuilder.Sql("UPDATE access_tokens SET expires_at = created_at + interval '365 days'");

            // Letters that folding did not know ("ł", "ø", "ß"): what names are found by is reckoned anew when the upgrade ends.
            migrationBuilder.Sql("UPDATE members_members SET match = '' WHERE name LIKE '%ł%' OR name LIKE '%Ł%' OR name LIKE '%ı%' OR name LIKE '%ß%' OR name LIKE '%ø%' OR name LIKE '%Ø%' OR name LIKE '%đ%' OR name LIKE '%Đ%' OR name LIKE '%ð%' OR name LIKE '%Ð%' OR name LIKE '%þ%' OR name LIKE '%Þ%' OR name LIKE '%æ%' OR name LIKE '%Æ%' OR name LIKE '%œ%' OR name LIKE '%Œ%' OR name LIKE '%ħ%' OR name LIKE '%ŧ%' OR name LIKE '%ŋ%'");

            // Who acts for a member today was named under the rules of their day: the role counts as confirmed, and who
            // is delegate or alternate may vote.
            migrationBuilder.Sql("UPDATE members_representations SET confirmed_at = now()");
            migrationBuilder.Sql(
                """
                INSERT INTO access_grants (id, account_id, role, scope_kind, scope_id, scope_name)
                SELECT gen_random_uuid(), g.account_id, 'Delegate', g.scope_kind, g.scope_id, g.scope_name
                FROM access_grants g
                WHERE g.role = 'Member' AND g.scope_kind = 'member' AND EXISTS (
                    SELECT 1 FROM members_representations r JOIN members_people p ON p.id = r.person
                    WHERE p.account = g.account_id AND r.member = g.scope_id AND r.until IS NULL
                        AND r.role IN ('VotingDelegate', 'Alternate'))
                """);
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
                name: "IX_sessions_delegates_account",
                table: "sessions_delegates");

            migrationBuilder.DropIndex(
                name: "IX_ballots_roll_ballot_tracker_tag",
                table: "ballots_roll");

            migrationBuilder.DropIndex(
                name: "IX_access_tokens_account_id",
                table: "access_tokens");

            migrationBuilder.DropColumn(
                name: "is_sample",
                table: "site_network");

            migrationBuilder.DropColumn(
                name: "unreached",
                table: "sessions_sessions");

            migrationBuilder.DropColumn(
                name: "account",
                table: "sessions_delegates");

            migrationBuilder.DropColumn(
                name: "confirmed_at",
                table: "members_representations");

            migrationBuilder.DropColumn(
                name: "named_by",
                table: "members_representations");

            migrationBuilder.DropColumn(
                name: "is_from_stranger",
                table: "files_kept");

            migrationBuilder.DropColumn(
                name: "envelope",
                table: "ballots_roll");

            migrationBuilder.DropColumn(
                name: "tracker_tag",
                table: "ballots_roll");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "access_tokens");

            migrationBuilder.DropColumn(
                name: "client",
                table: "access_sign_in_requests");
        }
    }
}
