using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261129230844_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "access_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_closed = table.Column<bool>(type: "boolean", nullable: false),
                    stamp = table.Column<Guid>(type: "uuid", nullable: false),
                    sealed_secret = table.Column<string>(type: "text", nullable: true),
                    last_step = table.Column<long>(type: "bigint", nullable: false),
                    recovery_hashes = table.Column<string>(type: "text", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    tried_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_accounts", x => x.id);
                });

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
                name: "access_sign_in_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    return_to = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    client = table.Column<byte[]>(type: "bytea", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_sign_in_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_tokens", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ballots_ballots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    secrecy = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    options = table.Column<string>(type: "text", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ballots_ballots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_collections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    office = table.Column<Guid>(type: "uuid", nullable: true),
                    is_public = table.Column<bool>(type: "boolean", nullable: false),
                    is_bookmarks = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_collections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_drives",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    topic = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    kinds = table.Column<string>(type: "text", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_drives", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_nudges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_off = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_nudges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_threads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    about = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    topic = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    office = table.Column<Guid>(type: "uuid", nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    other = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    helped = table.Column<Guid>(type: "uuid", nullable: true),
                    withdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_threads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "experiences_practices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    slug = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    narrative = table.Column<string>(type: "text", nullable: false),
                    written_in = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    contact_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    contact_email = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    confirmed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: true),
                    city = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    start = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    end = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    is_ongoing = table.Column<bool>(type: "boolean", nullable: true),
                    participants = table.Column<long>(type: "bigint", nullable: true),
                    cost = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    terms = table.Column<string>(type: "text", nullable: false),
                    media = table.Column<string>(type: "text", nullable: false),
                    part_of = table.Column<Guid>(type: "uuid", nullable: true),
                    related = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: true),
                    source_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    remark = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_experiences_practices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "experiences_revisions",
                columns: table => new
                {
                    experience = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    in_the_name_of = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    texts = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_experiences_revisions", x => new { x.experience, x.number });
                });

            migrationBuilder.CreateTable(
                name: "files_kept",
                columns: table => new
                {
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    audience = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_from_stranger = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_files_kept", x => x.hash);
                });

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
                name: "jobs_runs",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs_runs", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "journal_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    stream = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    act = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    actor = table.Column<Guid>(type: "uuid", nullable: true),
                    on_behalf_of = table.Column<Guid>(type: "uuid", nullable: true),
                    subject = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    commitment = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journal_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "journal_payloads",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    content = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journal_payloads", x => x.entry_id);
                });

            migrationBuilder.CreateTable(
                name: "journal_seals",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    root = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journal_seals", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "journal_streams",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    head = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealed_length = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journal_streams", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mail_letters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    to = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    reply_token = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: true),
                    calendar = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mail_letters", x => x.id);
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
                name: "members_counts",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    region = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(40)", maxLength: 40, nullable: false),
                    population = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_counts", x => x.key);
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
                name: "members_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(40)", maxLength: 40, nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    region = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    city = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    population = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    website = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    languages = table.Column<string>(type: "text", nullable: false),
                    parent = table.Column<Guid>(type: "uuid", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    election_on = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    confirmed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    sort_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    folded = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    match = table.Column<string>(type: "character varying(203)", maxLength: 203, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    since = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    until = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_members", x => x.id);
                    table.ForeignKey(
                        name: "FK_members_members_members_members_merged_into",
                        column: x => x.merged_into,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_members_members_members_members_parent",
                        column: x => x.parent,
                        principalTable: "members_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "members_offices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    territory = table.Column<string>(type: "text", nullable: false),
                    regions = table.Column<string>(type: "text", nullable: false),
                    countries = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    opened = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members_offices", x => x.id);
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
                name: "plans_import_drafts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    source_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    source = table.Column<byte[]>(type: "bytea", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_import_drafts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "plans_plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    preamble = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    valid_for = table.Column<string>(type: "character varying(21)", maxLength: 21, nullable: false),
                    approved_on = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    is_history = table.Column<bool>(type: "boolean", nullable: false),
                    source_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    source_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "plans_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    period = table.Column<string>(type: "character varying(21)", maxLength: 21, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    introduction = table.Column<string>(type: "text", nullable: false),
                    is_closed = table.Column<bool>(type: "boolean", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    accepted_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_reports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "plans_resolutions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    force = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    wording = table.Column<string>(type: "text", nullable: false),
                    session = table.Column<string>(type: "text", nullable: false),
                    citations = table.Column<string>(type: "text", nullable: false),
                    vote = table.Column<string>(type: "text", nullable: true),
                    about = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_resolutions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_blocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    order = table.Column<int>(type: "integer", nullable: false),
                    is_shown = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_blocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_contact",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_contact", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    slug = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    office = table.Column<Guid>(type: "uuid", nullable: true),
                    author = table.Column<Guid>(type: "uuid", nullable: true),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: true),
                    city = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: true),
                    date = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    authors = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    licence = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    identifier = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    url = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    files = table.Column<string>(type: "text", nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    remark = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publishing_page_revisions",
                columns: table => new
                {
                    page = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_page_revisions", x => new { x.page, x.number });
                });

            migrationBuilder.CreateTable(
                name: "publishing_pages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    menu = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    order = table.Column<int>(type: "integer", nullable: false),
                    is_published = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publishing_pages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    audience = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    office = table.Column<Guid>(type: "uuid", nullable: true),
                    place = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    date = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    topics = table.Column<string>(type: "text", nullable: false),
                    has_topics = table.Column<bool>(type: "boolean", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "search_saved",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    query = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    rhythm = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    told_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_search_saved", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_consultations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    introduction = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    asks_all = table.Column<bool>(type: "boolean", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_consultations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    body = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    preset = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rules = table.Column<string>(type: "text", nullable: false),
                    notice_days = table.Column<int>(type: "integer", nullable: false),
                    agenda = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    convened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    letters_sent = table.Column<int>(type: "integer", nullable: false),
                    unreached = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    is_untold = table.Column<bool>(type: "boolean", nullable: false),
                    speech_minutes = table.Column<int>(type: "integer", nullable: false),
                    prepares = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    log = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "site_network",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    short_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    prefix = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    off = table.Column<string>(type: "text", nullable: false),
                    is_sample = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_site_network", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "tasks_hand_made",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    subject = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    assignee = table.Column<Guid>(type: "uuid", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    due = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    comment = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tasks_hand_made", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "thesaurus_revisions",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    what = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thesaurus_revisions", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "thesaurus_schemes",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    order = table.Column<int>(type: "integer", nullable: false),
                    widens = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thesaurus_schemes", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "translation_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    target = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    assignee = table.Column<Guid>(type: "uuid", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    assigned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    assigned_by = table.Column<Guid>(type: "uuid", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_translation_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_grants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    scope_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    scope_id = table.Column<Guid>(type: "uuid", nullable: false),
                    scope_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_grants", x => x.id);
                    table.ForeignKey(
                        name: "FK_access_grants_access_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "access_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_passkeys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sign_count = table.Column<long>(type: "bigint", nullable: false),
                    transports = table.Column<string>(type: "text", nullable: false),
                    is_backup_eligible = table.Column<bool>(type: "boolean", nullable: false),
                    is_backed_up = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_passkeys", x => x.id);
                    table.ForeignKey(
                        name: "FK_access_passkeys_access_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "access_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ballots_papers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ballot = table.Column<Guid>(type: "uuid", nullable: false),
                    tracker = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    option = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    weight = table.Column<long>(type: "bigint", nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(60)", maxLength: 60, nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    cast_by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ballots_papers", x => x.id);
                    table.ForeignKey(
                        name: "FK_ballots_papers_ballots_ballots_ballot",
                        column: x => x.ballot,
                        principalTable: "ballots_ballots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ballots_roll",
                columns: table => new
                {
                    ballot = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    weight = table.Column<long>(type: "bigint", nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(60)", maxLength: 60, nullable: true),
                    has_voted = table.Column<bool>(type: "boolean", nullable: false),
                    envelope = table.Column<byte[]>(type: "bytea", nullable: true),
                    tracker_tag = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ballots_roll", x => new { x.ballot, x.member });
                    table.ForeignKey(
                        name: "FK_ballots_roll_ballots_ballots_ballot",
                        column: x => x.ballot,
                        principalTable: "ballots_ballots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_collection_entries",
                columns: table => new
                {
                    collection = table.Column<Guid>(type: "uuid", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_collection_entries", x => new { x.collection, x.reference });
                    table.ForeignKey(
                        name: "FK_exchange_collection_entries_exchange_collections_collection",
                        column: x => x.collection,
                        principalTable: "exchange_collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_drive_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    drive = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_drive_members", x => x.id);
                    table.ForeignKey(
                        name: "FK_exchange_drive_members_exchange_drives_drive",
                        column: x => x.drive,
                        principalTable: "exchange_drives",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "exchange_followers",
                columns: table => new
                {
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    reply_token = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_followers", x => new { x.thread, x.account });
                    table.ForeignKey(
                        name: "FK_exchange_followers_exchange_threads_thread",
                        column: x => x.thread,
                        principalTable: "exchange_threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "exchange_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    institution = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    text = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    is_answer = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exchange_messages", x => x.id);
                    table.ForeignKey(
                        name: "FK_exchange_messages_exchange_threads_thread",
                        column: x => x.thread,
                        principalTable: "exchange_threads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "experiences_adoptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    experience = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    who = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    since = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    note = table.Column<string>(type: "text", nullable: false),
                    told = table.Column<Guid>(type: "uuid", nullable: true),
                    is_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
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
                    experience = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false)
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
                name: "members_memberships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(40)", maxLength: 40, nullable: false),
                    from = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    until = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    end_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
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
                    named_by = table.Column<Guid>(type: "uuid", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
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
                name: "plans_directions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    second_title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_directions", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_directions_plans_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "plans_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plans_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    on = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    resolution = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_versions", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_versions_plans_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "plans_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plans_report_errata",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    in_the_name_of = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_report_errata", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_report_errata_plans_reports_report_id",
                        column: x => x.report_id,
                        principalTable: "plans_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "register_texts",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sort_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    source_hash = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_register_texts", x => new { x.entry_id, x.language });
                    table.ForeignKey(
                        name: "FK_register_texts_register_entries_entry_id",
                        column: x => x.entry_id,
                        principalTable: "register_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_asked",
                columns: table => new
                {
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_asked", x => new { x.consultation, x.member });
                    table.ForeignKey(
                        name: "FK_sessions_asked_sessions_consultations_consultation",
                        column: x => x.consultation,
                        principalTable: "sessions_consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_comments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<int>(type: "integer", nullable: false),
                    paragraph = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    answer = table.Column<string>(type: "text", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_comments", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_comments_sessions_consultations_consultation",
                        column: x => x.consultation,
                        principalTable: "sessions_consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_draft_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_draft_versions", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_draft_versions_sessions_consultations_consultation",
                        column: x => x.consultation,
                        principalTable: "sessions_consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_delegates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    organisation = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: true),
                    checked_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_delegates", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_delegates_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    edition = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<Guid>(type: "uuid", nullable: true),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_documents", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_documents_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_minutes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    presented_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_minutes", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_minutes_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_motions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    session = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    item = table.Column<Guid>(type: "uuid", nullable: true),
                    decision = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    about = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    deciding = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    mandates = table.Column<string>(type: "text", nullable: false),
                    consultation = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    resolution = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_motions", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_motions_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_seats",
                columns: table => new
                {
                    session = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(60)", maxLength: 60, nullable: false),
                    weight = table.Column<long>(type: "bigint", nullable: false),
                    is_observer = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_seats", x => new { x.session, x.member });
                    table.ForeignKey(
                        name: "FK_sessions_seats_sessions_sessions_session",
                        column: x => x.session,
                        principalTable: "sessions_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "thesaurus_concepts",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scheme = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    alt = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    broader = table.Column<string>(type: "text", nullable: false),
                    goals = table.Column<string>(type: "text", nullable: false),
                    order = table.Column<int>(type: "integer", nullable: false),
                    is_deprecated = table.Column<bool>(type: "boolean", nullable: false),
                    replaced_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    changed_in = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "plans_actions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    direction_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    our_role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    lead = table.Column<string>(type: "text", nullable: true),
                    partners = table.Column<string>(type: "text", nullable: false),
                    planned = table.Column<string>(type: "character varying(21)", maxLength: 21, nullable: true),
                    carried_out = table.Column<string>(type: "character varying(21)", maxLength: 21, nullable: true),
                    place = table.Column<string>(type: "text", nullable: false),
                    regions = table.Column<string>(type: "text", nullable: false),
                    is_priority = table.Column<bool>(type: "boolean", nullable: false),
                    priority_by = table.Column<string>(type: "text", nullable: false),
                    condition = table.Column<string>(type: "text", nullable: false),
                    exclusion = table.Column<string>(type: "text", nullable: false),
                    open_list = table.Column<string>(type: "text", nullable: false),
                    milestones = table.Column<string>(type: "text", nullable: false),
                    budget_line = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    responsible = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    continues_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ratified_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    decided = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_actions", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_actions_plans_actions_continues_id",
                        column: x => x.continues_id,
                        principalTable: "plans_actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_plans_actions_plans_directions_direction_id",
                        column: x => x.direction_id,
                        principalTable: "plans_directions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_plans_actions_plans_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "plans_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_corrections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    minutes = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_corrections", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_corrections_sessions_minutes_minutes",
                        column: x => x.minutes,
                        principalTable: "sessions_minutes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions_amendments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    motion = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    paragraph = table.Column<int>(type: "integer", nullable: false),
                    was = table.Column<string>(type: "character varying(50000)", maxLength: 50000, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    under = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_amendments", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_amendments_sessions_motions_motion",
                        column: x => x.motion,
                        principalTable: "sessions_motions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plans_bindings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_bindings", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_bindings_plans_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "plans_actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plans_evidence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    target = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    by = table.Column<string>(type: "text", nullable: false),
                    in_the_name_of = table.Column<string>(type: "text", nullable: true),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_evidence", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_evidence_plans_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "plans_actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plans_origins",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    resolution_id = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    figure = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_origins", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_origins_plans_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "plans_actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_plans_origins_plans_resolutions_resolution_id",
                        column: x => x.resolution_id,
                        principalTable: "plans_resolutions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "plans_report_assessments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    achievement = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    fate = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_report_assessments", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_report_assessments_plans_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "plans_actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_plans_report_assessments_plans_reports_report_id",
                        column: x => x.report_id,
                        principalTable: "plans_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plans_state_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    to = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    in_the_name_of = table.Column<string>(type: "text", nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plans_state_changes", x => x.id);
                    table.ForeignKey(
                        name: "FK_plans_state_changes_plans_actions_action_id",
                        column: x => x.action_id,
                        principalTable: "plans_actions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_access_accounts_email",
                table: "access_accounts",
                column: "email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_grants_account_id_role_scope_kind_scope_id",
                table: "access_grants",
                columns: new[] { "account_id", "role", "scope_kind", "scope_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_passkeys_account_id",
                table: "access_passkeys",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_access_passkeys_credential_id",
                table: "access_passkeys",
                column: "credential_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_sessions_account_id_ends_at",
                table: "access_sessions",
                columns: new[] { "account_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "IX_access_sign_in_requests_account_id_created_at",
                table: "access_sign_in_requests",
                columns: new[] { "account_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_access_sign_in_requests_token_hash",
                table: "access_sign_in_requests",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_access_tokens_account_id",
                table: "access_tokens",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_access_tokens_hash",
                table: "access_tokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ballots_ballots_of",
                table: "ballots_ballots",
                column: "of");

            migrationBuilder.CreateIndex(
                name: "IX_ballots_papers_ballot_tracker",
                table: "ballots_papers",
                columns: new[] { "ballot", "tracker" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ballots_papers_member",
                table: "ballots_papers",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_ballots_roll_ballot_tracker_tag",
                table: "ballots_roll",
                columns: new[] { "ballot", "tracker_tag" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ballots_roll_member",
                table: "ballots_roll",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_collections_account",
                table: "exchange_collections",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_collections_office",
                table: "exchange_collections",
                column: "office");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_collections_slug",
                table: "exchange_collections",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drive_members_drive",
                table: "exchange_drive_members",
                column: "drive");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drive_members_member",
                table: "exchange_drive_members",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drives_number",
                table: "exchange_drives",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_drives_state",
                table: "exchange_drives",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_followers_account",
                table: "exchange_followers",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_followers_reply_token",
                table: "exchange_followers",
                column: "reply_token",
                unique: true);

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
                name: "IX_exchange_messages_by_at",
                table: "exchange_messages",
                columns: new[] { "by", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_messages_thread_at",
                table: "exchange_messages",
                columns: new[] { "thread", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_messages_thread_message_id",
                table: "exchange_messages",
                columns: new[] { "thread", "message_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_nudges_member",
                table: "exchange_nudges",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_about",
                table: "exchange_threads",
                column: "about");

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_kind_at",
                table: "exchange_threads",
                columns: new[] { "kind", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_number",
                table: "exchange_threads",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_exchange_threads_office",
                table: "exchange_threads",
                column: "office");

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
                name: "IX_journal_entries_on_behalf_of_at",
                table: "journal_entries",
                columns: new[] { "on_behalf_of", "at" },
                filter: "on_behalf_of IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_journal_entries_stream_sequence",
                table: "journal_entries",
                columns: new[] { "stream", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_journal_entries_subject",
                table: "journal_entries",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "IX_journal_seals_root",
                table: "journal_seals",
                column: "root",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mail_letters_sent_at_due_at",
                table: "mail_letters",
                columns: new[] { "sent_at", "due_at" });

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
                name: "IX_members_members_slug",
                table: "members_members",
                column: "slug",
                unique: true);

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
                name: "IX_members_memberships_member_id",
                table: "members_memberships",
                column: "member_id");

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
                name: "IX_members_offices_slug",
                table: "members_offices",
                column: "slug",
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

            migrationBuilder.CreateIndex(
                name: "IX_plans_actions_continues_id",
                table: "plans_actions",
                column: "continues_id");

            migrationBuilder.CreateIndex(
                name: "IX_plans_actions_direction_id",
                table: "plans_actions",
                column: "direction_id");

            migrationBuilder.CreateIndex(
                name: "IX_plans_actions_plan_id_number",
                table: "plans_actions",
                columns: new[] { "plan_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_actions_reference",
                table: "plans_actions",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_bindings_action_id_kind_key",
                table: "plans_bindings",
                columns: new[] { "action_id", "kind", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_directions_plan_id_number",
                table: "plans_directions",
                columns: new[] { "plan_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_evidence_action_id",
                table: "plans_evidence",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "IX_plans_origins_action_id",
                table: "plans_origins",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "IX_plans_origins_resolution_id",
                table: "plans_origins",
                column: "resolution_id");

            migrationBuilder.CreateIndex(
                name: "IX_plans_plans_reference",
                table: "plans_plans",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_plans_year",
                table: "plans_plans",
                column: "year",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_report_assessments_action_id",
                table: "plans_report_assessments",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "IX_plans_report_assessments_report_id_action_id",
                table: "plans_report_assessments",
                columns: new[] { "report_id", "action_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_report_errata_report_id_number",
                table: "plans_report_errata",
                columns: new[] { "report_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_reports_reference",
                table: "plans_reports",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_resolutions_reference",
                table: "plans_resolutions",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_plans_state_changes_action_id",
                table: "plans_state_changes",
                column: "action_id");

            migrationBuilder.CreateIndex(
                name: "IX_plans_versions_plan_id_number",
                table: "plans_versions",
                columns: new[] { "plan_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_publishing_contact_done_at_at",
                table: "publishing_contact",
                columns: new[] { "done_at", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_author",
                table: "publishing_items",
                column: "author");

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_number",
                table: "publishing_items",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_owner",
                table: "publishing_items",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_slug",
                table: "publishing_items",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_state_kind_published_at",
                table: "publishing_items",
                columns: new[] { "state", "kind", "published_at" });

            migrationBuilder.CreateIndex(
                name: "IX_publishing_items_state_starts_at",
                table: "publishing_items",
                columns: new[] { "state", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "IX_publishing_pages_slug",
                table: "publishing_pages",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_changed_at",
                table: "register_entries",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_kind_changed_at",
                table: "register_entries",
                columns: new[] { "kind", "changed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_register_entries_reference",
                table: "register_entries",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_register_texts_language_sort_key",
                table: "register_texts",
                columns: new[] { "language", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_search_saved_account",
                table: "search_saved",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_search_saved_rhythm_told_until",
                table: "search_saved",
                columns: new[] { "rhythm", "told_until" });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_amendments_by",
                table: "sessions_amendments",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_amendments_motion_number",
                table: "sessions_amendments",
                columns: new[] { "motion", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_asked_member",
                table: "sessions_asked",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_comments_by",
                table: "sessions_comments",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_comments_consultation_of_paragraph",
                table: "sessions_comments",
                columns: new[] { "consultation", "of", "paragraph" });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_consultations_reference",
                table: "sessions_consultations",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_consultations_state",
                table: "sessions_consultations",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_corrections_by",
                table: "sessions_corrections",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_corrections_minutes_number",
                table: "sessions_corrections",
                columns: new[] { "minutes", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_delegates_account",
                table: "sessions_delegates",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_delegates_member",
                table: "sessions_delegates",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_delegates_session_code",
                table: "sessions_delegates",
                columns: new[] { "session", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_documents_session_number_edition",
                table: "sessions_documents",
                columns: new[] { "session", "number", "edition" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_draft_versions_consultation_number",
                table: "sessions_draft_versions",
                columns: new[] { "consultation", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_minutes_of",
                table: "sessions_minutes",
                column: "of");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_minutes_session",
                table: "sessions_minutes",
                column: "session",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_motions_by",
                table: "sessions_motions",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_motions_consultation",
                table: "sessions_motions",
                column: "consultation");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_motions_session_number",
                table: "sessions_motions",
                columns: new[] { "session", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_seats_member",
                table: "sessions_seats",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_sessions_prepares",
                table: "sessions_sessions",
                column: "prepares");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_sessions_reference",
                table: "sessions_sessions",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_sessions_starts_at",
                table: "sessions_sessions",
                column: "starts_at");

            migrationBuilder.CreateIndex(
                name: "IX_site_submitted_forms_at",
                table: "site_submitted_forms",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_hand_made_assignee_done_at",
                table: "tasks_hand_made",
                columns: new[] { "assignee", "done_at" });

            migrationBuilder.CreateIndex(
                name: "IX_thesaurus_concepts_scheme",
                table: "thesaurus_concepts",
                column: "scheme");

            migrationBuilder.CreateIndex(
                name: "IX_translation_tasks_assignee_done_at",
                table: "translation_tasks",
                columns: new[] { "assignee", "done_at" });

            migrationBuilder.CreateIndex(
                name: "IX_translation_tasks_reference_target",
                table: "translation_tasks",
                columns: new[] { "reference", "target" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_grants");

            migrationBuilder.DropTable(
                name: "access_passkeys");

            migrationBuilder.DropTable(
                name: "access_sessions");

            migrationBuilder.DropTable(
                name: "access_sign_in_requests");

            migrationBuilder.DropTable(
                name: "access_tokens");

            migrationBuilder.DropTable(
                name: "ballots_papers");

            migrationBuilder.DropTable(
                name: "ballots_roll");

            migrationBuilder.DropTable(
                name: "exchange_collection_entries");

            migrationBuilder.DropTable(
                name: "exchange_drive_members");

            migrationBuilder.DropTable(
                name: "exchange_followers");

            migrationBuilder.DropTable(
                name: "exchange_held_replies");

            migrationBuilder.DropTable(
                name: "exchange_messages");

            migrationBuilder.DropTable(
                name: "exchange_nudges");

            migrationBuilder.DropTable(
                name: "experiences_adoptions");

            migrationBuilder.DropTable(
                name: "experiences_authors");

            migrationBuilder.DropTable(
                name: "experiences_revisions");

            migrationBuilder.DropTable(
                name: "files_kept");

            migrationBuilder.DropTable(
                name: "forms_links");

            migrationBuilder.DropTable(
                name: "forms_reviews");

            migrationBuilder.DropTable(
                name: "jobs_runs");

            migrationBuilder.DropTable(
                name: "journal_entries");

            migrationBuilder.DropTable(
                name: "journal_payloads");

            migrationBuilder.DropTable(
                name: "journal_seals");

            migrationBuilder.DropTable(
                name: "journal_streams");

            migrationBuilder.DropTable(
                name: "mail_letters");

            migrationBuilder.DropTable(
                name: "members_activities");

            migrationBuilder.DropTable(
                name: "members_apart");

            migrationBuilder.DropTable(
                name: "members_applications");

            migrationBuilder.DropTable(
                name: "members_country_sets");

            migrationBuilder.DropTable(
                name: "members_counts");

            migrationBuilder.DropTable(
                name: "members_facts");

            migrationBuilder.DropTable(
                name: "members_flows");

            migrationBuilder.DropTable(
                name: "members_memberships");

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
                name: "plans_bindings");

            migrationBuilder.DropTable(
                name: "plans_evidence");

            migrationBuilder.DropTable(
                name: "plans_import_drafts");

            migrationBuilder.DropTable(
                name: "plans_origins");

            migrationBuilder.DropTable(
                name: "plans_report_assessments");

            migrationBuilder.DropTable(
                name: "plans_report_errata");

            migrationBuilder.DropTable(
                name: "plans_state_changes");

            migrationBuilder.DropTable(
                name: "plans_versions");

            migrationBuilder.DropTable(
                name: "publishing_blocks");

            migrationBuilder.DropTable(
                name: "publishing_contact");

            migrationBuilder.DropTable(
                name: "publishing_items");

            migrationBuilder.DropTable(
                name: "publishing_page_revisions");

            migrationBuilder.DropTable(
                name: "publishing_pages");

            migrationBuilder.DropTable(
                name: "register_texts");

            migrationBuilder.DropTable(
                name: "search_saved");

            migrationBuilder.DropTable(
                name: "sessions_amendments");

            migrationBuilder.DropTable(
                name: "sessions_asked");

            migrationBuilder.DropTable(
                name: "sessions_comments");

            migrationBuilder.DropTable(
                name: "sessions_corrections");

            migrationBuilder.DropTable(
                name: "sessions_delegates");

            migrationBuilder.DropTable(
                name: "sessions_documents");

            migrationBuilder.DropTable(
                name: "sessions_draft_versions");

            migrationBuilder.DropTable(
                name: "sessions_seats");

            migrationBuilder.DropTable(
                name: "site_network");

            migrationBuilder.DropTable(
                name: "site_submitted_forms");

            migrationBuilder.DropTable(
                name: "tasks_hand_made");

            migrationBuilder.DropTable(
                name: "thesaurus_concepts");

            migrationBuilder.DropTable(
                name: "thesaurus_revisions");

            migrationBuilder.DropTable(
                name: "translation_tasks");

            migrationBuilder.DropTable(
                name: "access_accounts");

            migrationBuilder.DropTable(
                name: "ballots_ballots");

            migrationBuilder.DropTable(
                name: "exchange_collections");

            migrationBuilder.DropTable(
                name: "exchange_drives");

            migrationBuilder.DropTable(
                name: "exchange_threads");

            migrationBuilder.DropTable(
                name: "experiences_practices");

            migrationBuilder.DropTable(
                name: "forms_responses");

            migrationBuilder.DropTable(
                name: "members_offices");

            migrationBuilder.DropTable(
                name: "members_people");

            migrationBuilder.DropTable(
                name: "members_members");

            migrationBuilder.DropTable(
                name: "plans_resolutions");

            migrationBuilder.DropTable(
                name: "plans_reports");

            migrationBuilder.DropTable(
                name: "plans_actions");

            migrationBuilder.DropTable(
                name: "register_entries");

            migrationBuilder.DropTable(
                name: "sessions_motions");

            migrationBuilder.DropTable(
                name: "sessions_minutes");

            migrationBuilder.DropTable(
                name: "sessions_consultations");

            migrationBuilder.DropTable(
                name: "thesaurus_schemes");

            migrationBuilder.DropTable(
                name: "forms_kept");

            migrationBuilder.DropTable(
                name: "plans_directions");

            migrationBuilder.DropTable(
                name: "sessions_sessions");

            migrationBuilder.DropTable(
                name: "plans_plans");
        }
    }
}
