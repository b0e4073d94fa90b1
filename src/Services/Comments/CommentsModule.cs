using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;

namespace Plenaria.Comments;

/// <summary>What people say about records of all modules: moderated, followed, answered by mail.</summary>
public sealed class CommentsModule : IModule
{
    /// <summary>To follow discussions and to write where the record's module lets one.</summary>
    internal const string TakePart = "comments.take-part";

    /// <summary>To look after what was reported, where the record's module lets one moderate.</summary>
    internal const string Moderate = "comments.moderate";

    public void Declare(ModuleBuilder module) =>
        DeclareLetters(DeclareRecords(module))
            .AlwaysOn()
            .Services(services =>
            {
                services.AddHttpContextAccessor();
                services.AddScoped<LetterLinks>();
                services.AddScoped<CommentLetters>();
                services.AddScoped<CommentKinds>();
                services.AddScoped<CommentService>();
                services.AddScoped<CommentModeration>();
                services.AddScoped<ReplyStore>();
            })
            .Tasks<CommentTasks>()
            .MailReader<CommentMail>()
            .Permission(TakePart, Role.Staff, Role.Regional, Role.Editor, Role.Member)
            .Permission(Moderate, Role.Staff, Role.Regional)
            .Tab(SectionKeys.Exchange, "comments.followed", "/comments", order: 40, TakePart)
            .WorkspacePage("comments.followed", "/comments", order: 30)
            .StaffTool(
                StaffToolGroup.Content,
                "comments.reports",
                "comments.reports.text",
                "/comments/reports",
                order: 19,
                Moderate
            )
            .Routes(CommentRoutes.Map)
            .Job(
                "comments-held-replies",
                TimeSpan.FromDays(1),
                (services, cancel) => services.GetRequiredService<ReplyStore>().ForgetAsync(cancel)
            );

    private static ModuleBuilder DeclareLetters(ModuleBuilder module) =>
        module
            .LetterKind(
                CommentLetters.Kind,
                "comments.letters",
                "comments.letters.why",
                LetterPriority.Ordinary,
                LetterChoice.Digestible
            )
            .LetterTemplate(
                "comments.message",
                "comments.template.message",
                TemplateValues.Shared,
                "comments.mail.message.subject",
                "comments.mail.message.text",
                "comments.mail.reply-above"
            )
            .LetterTemplateOf("comments.held", "comments.template.held", "comments.mail.held")
            .LetterTemplateOf("comments.hidden", "comments.template.hidden", "comments.mail.hidden");

    // Whose each record is, and to which stream of the journal it belongs.
    private static ModuleBuilder DeclareRecords(ModuleBuilder module) =>
        module
            .Authored<Comment>(c => c.By, c => c.ByName, "comments.records.comments")
            .Owned<Follower>(f => f.Account, "comments.records.followed")
            .Owned<HeldReply>(r => r.Account, "comments.records.replies")
            .Owned<CommentReport>(r => r.By, "comments.records.reports")
            // What is said in a procedure is a record: the member stays who it was.
            .Subject<Comment>(
                c => c.Member,
                SubjectKind.Member,
                only: "discussion IN (SELECT id FROM comments_discussions WHERE NOT is_formal)"
            )
            .Journaled<Discussion>("comments", d => d.Stream)
            .JournaledWith<Comment, Discussion>(c => c.Discussion)
            .JournaledWith<Follower, Discussion>(f => f.Discussion)
            .JournaledWith<HeldReply, Discussion>(r => r.Discussion)
            .JournaledWith<CommentReport, Comment>(r => r.Comment);
}
