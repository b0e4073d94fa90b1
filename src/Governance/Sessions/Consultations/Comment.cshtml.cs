using Microsoft.AspNetCore.Mvc;
using Plenaria.Comments;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Consultations;

/// <summary>Says something about a paragraph, or about the whole, for a member that is asked.</summary>
[Allow(SessionsModule.TakePart)]
internal sealed class CommentModel(ConsultationStore store, CurrentUser visitor, PageLocalizer phrases)
    : ConsultationPage(store, visitor, phrases)
{
    private readonly ConsultationStore _store = store;

    [BindProperty(SupportsGet = true)]
    public int Paragraph { get; set; }

    [BindProperty]
    public string? Text { get; set; }
    public IReadOnlyList<string> Paragraphs { get; private set; } = [];
    public string? Reads => Paragraph >= 1 && Paragraph <= Paragraphs.Count ? Paragraphs[Paragraph - 1] : null;

    public Task<IActionResult> OnPostAsync(string reference, Guid? by, CancellationToken cancel) =>
        Act(
            reference,
            acting =>
            {
                MemberId? member =
                    by is { } id ? new(id)
                    : MayCommentFor.Count == 1 ? MayCommentFor[0].Member
                    : null;
                var text = LocalizedText.Empty.Reworded(
                    Reader,
                    Folding.Cut(Text?.ReplaceLineEndings("\n") ?? "", CommentService.TextMaxLength)
                );
                return _store.Say(
                    Consultation,
                    Paragraph,
                    text,
                    member ?? throw new RuleViolationException("consultations.by-missing"),
                    acting,
                    cancel
                );
            },
            cancel,
            page: Paragraph > 0 ? $"#p{Paragraph}" : "#whole"
        );

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (
            !await base.Load(reference, cancel)
            || Consultation.Current is not { } current
            || !Visitor.May(SessionsModule.Network) && Consultation.AskedOf(Visitor.Who).Count == 0
        )
            return false;
        Paragraphs = NumberedText.Of(current.Text, Reader).Paragraphs;
        return true;
    }
}
