using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Network : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "members_representatives");

            migrationBuilder.DropIndex(
                name: "IX_members_members_country_sort_key",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_region_sort_key",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_sort_key",
                table: "members_members");

            migrationBuilder.RenameColumn(
                name: "host",
                table: "members_offices",
                newName: "type");

            migrationBuilder.AddColumn<string>(
                name: "countries",
                table: "members_offices",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateOnly>(
                name: "confirmed_on",
                table: "members_members",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "election_on",
                table: "members_members",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "languages",
                table: "members_members",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "match",
                table: "members_members",
                type: "character varying(203)",
                maxLength: 203,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "members_members",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "parent",
                table: "members_members",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "members_members",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "forms_kept",
                columns: table => new
                {
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    definition = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms_kept", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "members_apart",
                columns: table => new
                {
                    one = table.Column<Guid>(type: "uuid", nullable: false),
                    other = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_apart", x => new { x.one, x.other });
                });

            migrationBuilder.CreateTable(
                name: "members_applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    response = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_applications", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_applications_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members_country_sets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    countries = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_country_sets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members_facts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    as_of = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    confidence = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_facts", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_facts_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members_flows",
                columns: table => new
                {
                    year = table.Column<int>(type: "integer", nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    joined = table.Column<long>(type: "bigint", nullable: false),
                    ended = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_flows", x => new { x.year, x.country });
                });

            migrationBuilder.CreateTable(
                name: "members_merges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kept = table.Column<Guid>(type: "uuid", nullable: false),
                    gone = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    moves = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "text", nullable: false),
                    other = table.Column<string>(type: "text", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_merges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members_office_hosts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    office = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_office_hosts", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_office_hosts_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_members_office_hosts_members_offices_office",
                        column: x => x.office,
                        principalTable: "members_offices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "members_office_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    office = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    done = table.Column<string>(type: "character varying(3000)", maxLength: 3000, nullable: false),
                    next = table.Column<string>(type: "character varying(3000)", maxLength: 3000, nullable: false),
                    needs = table.Column<string>(type: "character varying(3000)", maxLength: 3000, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    answer = table.Column<string>(type: "character varying(3000)", maxLength: 3000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_office_reports", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_office_reports_members_offices_office",
                        column: x => x.office,
                        principalTable: "members_offices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members_people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    folded = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    shows_name = table.Column<bool>(type: "boolean", nullable: false),
                    shows_email = table.Column<bool>(type: "boolean", nullable: false),
                    shows_phone = table.Column<bool>(type: "boolean", nullable: false),
                    do_not_contact = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_people", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members_prospects",
                columns: table => new
                {
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    stage_since = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_note = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    referred_by = table.Column<Guid>(type: "uuid", nullable: true),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    next_step = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    next_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_prospects", x => x.member);
                    table.ForeignKey(
                        name: "FK_members_prospects_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_members_prospects_members_members_referred_by",
                        column: x => x.referred_by,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members_segments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    query = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_segments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members_suggestions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_suggestions", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_suggestions_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members_targets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    measure = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    place = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    value = table.Column<long>(type: "bigint", nullable: false),
                    due = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_targets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "forms_responses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    form = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kept = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    question = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    given = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms_responses", x => x.id);
                    table.ForeignKey(
                        name: "FK_forms_responses_forms_kept_kept",
                        column: x => x.kept,
                        principalTable: "forms_kept",
                        principalColumn: "hash",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members_activities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_activities", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_activities_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_members_activities_members_people_person",
                        column: x => x.person,
                        principalTable: "members_people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members_representations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    from = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    until = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    end_reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    letter = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    proved_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_representations", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_representations_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_members_representations_members_people_person",
                        column: x => x.person,
                        principalTable: "members_people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "forms_links",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    response = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms_links", x => x.hash);
                    table.ForeignKey(
                        name: "FK_forms_links_forms_responses_response",
                        column: x => x.response,
                        principalTable: "forms_responses",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "forms_reviews",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    response = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    comment = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_forms_reviews", x => x.id);
                    table.ForeignKey(
                        name: "FK_forms_reviews_forms_responses_response",
                        column: x => x.response,
                        principalTable: "forms_responses",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_members_members_match",
                table: "members_members",
                column: "match");

            migrationBuilder.CreateIndex(
                name: "IX_members_members_merged_into",
                table: "members_members",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "IX_members_members_parent",
                table: "members_members",
                column: "parent");

            migrationBuilder.CreateIndex(
                name: "IX_members_members_status_country_sort_key",
                table: "members_members",
                columns: new[] { "status", "country", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_members_members_status_region_sort_key",
                table: "members_members",
                columns: new[] { "status", "region", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_members_members_status_sort_key",
                table: "members_members",
                columns: new[] { "status", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_journal_entries_on_behalf_of_at",
                table: "journal_entries",
                columns: new[] { "on_behalf_of", "at" },
                filter: "on_behalf_of IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_forms_links_response",
                table: "forms_links",
                column: "response");

            migrationBuilder.CreateIndex(
                name: "IX_forms_responses_form_state_sent_at",
                table: "forms_responses",
                columns: new[] { "form", "state", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "IX_forms_responses_kept",
                table: "forms_responses",
                column: "kept");

            migrationBuilder.CreateIndex(
                name: "IX_forms_reviews_response",
                table: "forms_reviews",
                column: "response");

            migrationBuilder.CreateIndex(
                name: "IX_forms_reviews_token_hash",
                table: "forms_reviews",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_members_activities_member_at",
                table: "members_activities",
                columns: new[] { "member", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_members_activities_message_id_member",
                table: "members_activities",
                columns: new[] { "message_id", "member" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_members_activities_person",
                table: "members_activities",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "IX_members_applications_member",
                table: "members_applications",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_members_applications_response",
                table: "members_applications",
                column: "response",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_members_applications_state_received_at",
                table: "members_applications",
                columns: new[] { "state", "received_at" });

            migrationBuilder.CreateIndex(
                name: "IX_members_country_sets_slug",
                table: "members_country_sets",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_members_facts_member",
                table: "members_facts",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_members_merges_gone",
                table: "members_merges",
                column: "gone");

            migrationBuilder.CreateIndex(
                name: "IX_members_merges_kept",
                table: "members_merges",
                column: "kept");

            migrationBuilder.CreateIndex(
                name: "IX_members_office_hosts_member",
                table: "members_office_hosts",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_members_office_hosts_office",
                table: "members_office_hosts",
                column: "office");

            migrationBuilder.CreateIndex(
                name: "IX_members_office_reports_office_month",
                table: "members_office_reports",
                columns: new[] { "office", "month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_members_people_account",
                table: "members_people",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_members_people_email",
                table: "members_people",
                column: "email");

            migrationBuilder.CreateIndex(
                name: "IX_members_people_folded",
                table: "members_people",
                column: "folded");

            migrationBuilder.CreateIndex(
                name: "IX_members_prospects_owner",
                table: "members_prospects",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "IX_members_prospects_referred_by",
                table: "members_prospects",
                column: "referred_by");

            migrationBuilder.CreateIndex(
                name: "IX_members_prospects_stage_next_on",
                table: "members_prospects",
                columns: new[] { "stage", "next_on" });

            migrationBuilder.CreateIndex(
                name: "IX_members_representations_member",
                table: "members_representations",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_members_representations_person",
                table: "members_representations",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "IX_members_segments_name",
                table: "members_segments",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_members_suggestions_done_at",
                table: "members_suggestions",
                column: "done_at");

            migrationBuilder.CreateIndex(
                name: "IX_members_suggestions_member",
                table: "members_suggestions",
                column: "member");

            migrationBuilder.AddForeignKey(
                name: "FK_members_members_members_members_merged_into",
                table: "members_members",
                column: "merged_into",
                principalTable: "members_members",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_members_members_members_members_parent",
                table: "members_members",
                column: "parent",
                principalTable: "members_members",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
            // What follows from the periods so far; the house reckons the rest when it opens (MemberStore.Reckon).
            migrationBuilder.Sql("UPDATE members_members SET status = CASE WHEN until IS NULL THEN 'Member' ELSE 'Former' END");
            migrationBuilder.Sql("INSERT INTO members_office_hosts (id, office, name) SELECT id, id, (SELECT value->>'t' FROM json_each(type::json) LIMIT 1) FROM members_offices WHERE EXISTS (SELECT 1 FROM json_each(type::json))");
            migrationBuilder.Sql("UPDATE members_offices SET type = '{}'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_members_members_members_members_merged_into",
                table: "members_members");

            migrationBuilder.DropForeignKey(
                name: "FK_members_members_members_members_parent",
                table: "members_members");

            migrationBuilder.DropTable(
                name: "forms_links");

            migrationBuilder.DropTable(
                name: "forms_reviews");

            migrationBuilder.DropTable(
                name: "members_activities");

            migrationBuilder.DropTable(
                name: "members_apart");

            migrationBuilder.DropTable(
                name: "members_applications");

            migrationBuilder.DropTable(
                name: "members_country_sets");

            migrationBuilder.DropTable(
                name: "members_facts");

            migrationBuilder.DropTable(
                name: "members_flows");

            migrationBuilder.DropTable(
                name: "members_merges");

            migrationBuilder.DropTable(
                name: "members_office_hosts");

            migrationBuilder.DropTable(
                name: "members_office_reports");

            migrationBuilder.DropTable(
                name: "members_prospects");

            migrationBuilder.DropTable(
                name: "members_representations");

            migrationBuilder.DropTable(
                name: "members_segments");

            migrationBuilder.DropTable(
                name: "members_suggestions");

            migrationBuilder.DropTable(
                name: "members_targets");

            migrationBuilder.DropTable(
                name: "forms_responses");

            migrationBuilder.DropTable(
                name: "members_people");

            migrationBuilder.DropTable(
                name: "forms_kept");

            migrationBuilder.DropIndex(
                name: "IX_members_members_match",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_merged_into",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_parent",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_status_country_sort_key",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_status_region_sort_key",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_members_members_status_sort_key",
                table: "members_members");

            migrationBuilder.DropIndex(
                name: "IX_journal_entries_on_behalf_of_at",
                table: "journal_entries");

            migrationBuilder.DropColumn(
                name: "countries",
                table: "members_offices");

            migrationBuilder.DropColumn(
                name: "confirmed_on",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "election_on",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "languages",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "match",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "parent",
                table: "members_members");

            migrationBuilder.DropColumn(
                name: "status",
                table: "members_members");

            migrationBuilder.RenameColumn(
                name: "type",
                table: "members_offices",
                newName: "host");

            migrationBuilder.CreateTable(
                name: "members_representatives",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    until = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_representatives", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_representatives_members_members_member",
                        column: x => x.member,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

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
                name: "IX_members_representatives_account",
                table: "members_representatives",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_members_representatives_member",
                table: "members_representatives",
                column: "member");
        }
    }
}
