using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// A draft as everybody reads it: a version, paragraph by paragraph, with what was said and answered; what changed;
/// what became of it.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    ConsultationStore store,
    CommentService discussions,
    PlenariaDb db,
    CurrentUser visitor,
    PageLocalizer phrases
) : ConsultationPage(store, visitor, phrases)
{
    private readonly ConsultationStore _store = store;
    private readonly PageLocalizer _phrases = phrases;

    [BindProperty(SupportsGet = true, Name = "version")]
    public int? Chosen { get; set; }
    public DraftVersion Shown { get; private set; } = null!;
    public NumberedText Text { get; private set; } = null!;

    /// <summary>In which language all of it is shown: the one in which its text can be numbered.</summary>
    public RecordTexts Texts { get; private set; } = null!;
    public IReadOnlyList<IHtmlContent> Html { get; private set; } = [];

    /// <summary>Of the version that is shown, by paragraph.</summary>
    public ILookup<int, ConsultationComment> Comments { get; private set; } =
        Array.Empty<ConsultationComment>().ToLookup(c => c.Paragraph);
    public DiscussionView Discussion { get; private set; } = null!;

    /// <summary>What each comment was answered.</summary>
    public IReadOnlyDictionary<Guid, CommentAnswer> Answers { get; private set; } =
        new Dictionary<Guid, CommentAnswer>();

    /// <summary>How many comments there are on each version.</summary>
    public IReadOnlyDictionary<int, int> Counts { get; private set; } = new Dictionary<int, int>();
    public IReadOnlySet<MemberId> Answered { get; private set; } = new HashSet<MemberId>();

    /// <summary>From the version before to this one.</summary>
    public IReadOnlyList<DiffPiece> Change { get; private set; } = [];

    /// <summary>Motions that put this draft to a vote, each with its session.</summary>
    public IReadOnlyList<(Session Session, Motion Motion)> Motions { get; private set; } = [];

    /// <summary>Sessions to come, to which it can be brought.</summary>
    public IReadOnlyList<Session> Ahead { get; private set; } = [];

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        var published = Consultation.Versions.Where(v => v.PublishedAt is not null).ToList();
        if (
            (
                published.Count == 0
                    ? Consultation.Next
                    : published.Find(v => v.Number == (Chosen ?? Consultation.Current!.Number))
            )
            is not { } shown
        )
            return false;
        Shown = shown;
        Texts = _phrases.ForRecord(Consultation.Title, Consultation.Introduction, shown.Text);
        Text = NumberedText.Of(shown.Text, Texts.Language);
        if (!shown.Text.IsEmpty)
            Texts = new(_phrases, Text.Language);
        Html = Text.Html();
        Discussion = (
            await discussions.ReadAsync(ConsultationDiscussions.Kind, Consultation.Id, Visitor.Acting(), cancel)
        )!;
        var comments = await _store.Comments(Consultation, cancel);
        Answers = comments.Select(c => c.Given).OfType<CommentAnswer>().ToDictionary(a => a.Comment);
        Comments = comments.Where(c => c.Of == shown.Number).ToLookup(c => Math.Min(c.Paragraph, Html.Count));
        Counts = comments.GroupBy(c => c.Of).ToDictionary(g => g.Key, g => g.Count());
        Answered = comments.Select(c => c.By).ToHashSet();
        if (published.Find(v => v.Number == shown.Number - 1) is { } before)
            Change = Passages.Between(
                before.Text.In(Text.Language)?.Text ?? before.Text.ToString(),
                shown.Text.In(Text.Language)?.Text ?? shown.Text.ToString()
            );
        var isStaff = Visitor.May(SessionsModule.Network);
        Motions =
        [
            .. (
                await db.Set<Motion>()
                    .AsNoTracking()
                    .Where(m => m.Consultation == Consultation.Reference)
                    .Join(db.Set<Session>().AsNoTracking(), m => m.Session, s => s.Id, (m, s) => new { m, s })
                    .ToListAsync(cancel)
            )
                .Where(x => x.s.IsPublic || isStaff)
                .OrderBy(x => x.s.StartsAt)
                .Select(x => (x.s, x.m)),
        ];
        if (isStaff && Consultation.IsPublic)
            Ahead = await db.Set<Session>()
                .AsNoTracking()
                .Where(s => s.State == SessionState.Draft || s.State == SessionState.Convened)
                .OrderBy(s => s.StartsAt)
                .Take(10)
                .ToListAsync(cancel);
        return true;
    }
}
