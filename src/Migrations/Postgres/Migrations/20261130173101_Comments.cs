using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenaria.Platform.Data;
using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plenaria.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PlenariaDb))]
    [Migration("20261130173101_Comments")]
    public partial class Comments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "comments_discussions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    stream = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    is_formal = table.Column<bool>(type: "boolean", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comments_discussions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sessions_comment_answers",
                columns: table => new
                {
                    comment = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions_comment_answers", x => x.comment);
                    table.ForeignKey(
                        name: "FK_sessions_comment_answers_sessions_consultations_consultation",
                        column: x => x.consultation,
                        principalTable: "sessions_consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comments_comments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    discussion = table.Column<Guid>(type: "uuid", nullable: false),
                    text_version = table.Column<int>(type: "integer", nullable: false),
                    paragraph = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    institution = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_answer = table.Column<bool>(type: "boolean", nullable: false),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hidden_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hidden_reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comments_comments", x => x.id);
                    table.ForeignKey(
                        name: "FK_comments_comments_comments_discussions_discussion",
                        column: x => x.discussion,
                        principalTable: "comments_discussions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comments_followers",
                columns: table => new
                {
                    discussion = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    reply_token = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comments_followers", x => new { x.discussion, x.account });
                    table.ForeignKey(
                        name: "FK_comments_followers_comments_discussions_discussion",
                        column: x => x.discussion,
                        principalTable: "comments_discussions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comments_held_replies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    discussion = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comments_held_replies", x => x.id);
                    table.ForeignKey(
                        name: "FK_comments_held_replies_comments_discussions_discussion",
                        column: x => x.discussion,
                        principalTable: "comments_discussions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comments_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    comment = table.Column<Guid>(type: "uuid", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_comments_reports", x => x.id);
                    table.ForeignKey(
                        name: "FK_comments_reports_comments_comments_comment",
                        column: x => x.comment,
                        principalTable: "comments_comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_comments_comments_by_at",
                table: "comments_comments",
                columns: new[] { "by", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_comments_comments_discussion_at",
                table: "comments_comments",
                columns: new[] { "discussion", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_comments_comments_discussion_message_id_by",
                table: "comments_comments",
                columns: new[] { "discussion", "message_id", "by" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_comments_comments_member",
                table: "comments_comments",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "IX_comments_followers_account",
                table: "comments_followers",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_comments_followers_reply_token",
                table: "comments_followers",
                column: "reply_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_comments_held_replies_account",
                table: "comments_held_replies",
                column: "account");

            migrationBuilder.CreateIndex(
                name: "IX_comments_held_replies_discussion_message_id_account",
                table: "comments_held_replies",
                columns: new[] { "discussion", "message_id", "account" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_comments_reports_by",
                table: "comments_reports",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_comments_reports_comment_by",
                table: "comments_reports",
                columns: new[] { "comment", "by" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_comments_reports_settled_at",
                table: "comments_reports",
                column: "settled_at");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_comment_answers_consultation",
                table: "sessions_comment_answers",
                column: "consultation");

            // A discussion has the key of the record it is about.
            migrationBuilder.Sql(
                """
                INSERT INTO comments_discussions (id, kind, stream, is_formal, version)
                SELECT id, 'conversation', 'exchange:' || number, false, 0 FROM exchange_threads;
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO comments_discussions (id, kind, stream, is_formal, version)
                SELECT c.id, 'consultation', 'consultation:' || c.reference, true, 0 FROM sessions_consultations c
                WHERE EXISTS (SELECT 1 FROM sessions_comments s WHERE s.consultation = c.id);
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO comments_comments (
                  id, discussion, text_version, paragraph, text, "by", by_name, institution, member, at, is_answer, message_id,
                  withdrawn_at, version)
                SELECT id, thread, 0, 0,
                  CASE WHEN text = '' THEN '{}' ELSE json_build_object(language, json_build_object('t', text))::text END,
                  "by", by_name, institution, member, at, is_answer, message_id, withdrawn_at, 0
                FROM exchange_messages;
                """);

            // Of a consultation the institution is called as it was when it was asked.
            migrationBuilder.Sql(
                """
                INSERT INTO comments_comments (
                  id, discussion, text_version, paragraph, text, by_name, institution, member, at, is_answer, version)
                SELECT s.id, s.consultation, s."of", s.paragraph, s.text, '',
                  COALESCE(SUBSTR((
                    SELECT w.value ->> 't' FROM json_each(a.name::json) w WHERE w.value ->> 's' IS NULL LIMIT 1
                  ), 1, 200), ''),
                  s."by", s.at, false, 0
                FROM sessions_comments s
                LEFT JOIN sessions_asked a ON a.consultation = s.consultation AND a.member = s."by";
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO sessions_comment_answers (comment, consultation, verdict, text, at, version)
                SELECT id, consultation, COALESCE(verdict, 'Noted'), answer, answered_at, version
                FROM sessions_comments WHERE answered_at IS NOT NULL;
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO comments_followers (discussion, account, reply_token, is_active)
                SELECT thread, account, reply_token, is_active FROM exchange_followers;
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO comments_held_replies (id, discussion, account, text, message_id, at, version)
                SELECT id, thread, account, text, message_id, at, version FROM exchange_held_replies;
                """);

            // A merge of members is undone row by row, by the name of the table.
            migrationBuilder.Sql(
                """
                UPDATE members_merges
                SET moves = REPLACE(moves, '"exchange_messages"', '"comments_comments"')
                WHERE moves LIKE '%"exchange_messages"%';
                """);

            migrationBuilder.DropTable(
                name: "exchange_followers");

            migrationBuilder.DropTable(
                name: "exchange_held_replies");

            migrationBuilder.DropTable(
                name: "exchange_messages");

            migrationBuilder.DropTable(
                name: "sessions_comments");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "comments_followers");

            migrationBuilder.DropTable(
                name: "comments_held_replies");

            migrationBuilder.DropTable(
                name: "comments_reports");

            migrationBuilder.DropTable(
                name: "sessions_comment_answers");

            migrationBuilder.DropTable(
                name: "comments_comments");

            migrationBuilder.DropTable(
                name: "comments_discussions");

            migrationBuilder.CreateTable(
                name: "exchange_followers",
                columns: table => new
                {
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    reply_token = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false)
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
                    account = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: false),
                    text = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
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
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    institution = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    is_answer = table.Column<bool>(type: "boolean", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    message_id = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    text = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    thread = table.Column<Guid>(type: "uuid", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                name: "sessions_comments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation = table.Column<Guid>(type: "uuid", nullable: false),
                    of = table.Column<int>(type: "integer", nullable: false),
                    paragraph = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
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
                name: "IX_sessions_comments_by",
                table: "sessions_comments",
                column: "by");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_comments_consultation_of_paragraph",
                table: "sessions_comments",
                columns: new[] { "consultation", "of", "paragraph" });
        }
    }
}
