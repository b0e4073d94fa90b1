using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Correspondence;
using Plenaria.Members;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Issues;

/// <summary>
/// Writes an issue in the language of the page one is on, chooses what it points to, and shows how far its letters are.
/// </summary>
[Allow(IssueStore.Permission)]
internal sealed class EditModel(
    IssueStore issues,
    IssueSending sending,
    LetterBatches batches,
    IMembers members,
    ThesaurusService thesaurus,
    Accounts accounts,
    Localizer texts,
    CurrentUser visitor,
    PageLocalizer phrases
) : IssuePage(issues, visitor, phrases)
{
    internal sealed class Fields
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "newsletter.needs-title"), StringLength(Issue.TitleMaxLength)]
        public string? Title { get; set; }

        [StringLength(Issue.BodyMaxLength)]
        public string? Body { get; set; }

        /// <summary>The continents whose readers alone receive it.</summary>
        public List<string> Regions { get; set; } = [];
        public List<string> Themes { get; set; } = [];

        /// <summary>The kinds of members whose people alone receive it.</summary>
        public List<string> Kinds { get; set; } = [];
        public MemberActivity Activity { get; set; }

        /// <summary>By the clocks of the network's time zone.</summary>
        public string? NotBefore { get; set; }
    }

    public Fields Input { get; set; } = new();
    public IReadOnlyList<string> MemberKinds => members.Kinds;
    public Vocabulary Terms { get; private set; } = null!;
    public string TimeZone { get; private set; } = "";
    public DateTimeOffset Now => Visitor.Acting().At;
    public IssueContent Shown { get; private set; } = null!;
    public LetterDraft Preview { get; private set; } = null!;
    public BatchProgress Progress { get; private set; } = new(0, 0, 0);
    public DateTimeOffset Since { get; private set; }
    public IReadOnlyList<(string Kind, int Count)> Published { get; private set; } = [];

    protected override async Task ShowAsync(CancellationToken cancel)
    {
        Response.Headers.ContentSecurityPolicy += "; frame-src 'self'";
        Terms = await thesaurus.Read(cancel);
        TimeZone = await Issues.FindTimeZoneAsync(cancel);
        Shown = await Issues.ReadContentAsync(Issue, this.Site(), cancel);
        Preview = new IssueLetter(Shown, Phrases.Language, null, texts).ForTest("");
        if (Issue.State != IssueState.Draft)
        {
            Progress = await batches.ReadAsync(Issue.Id, cancel);
            return;
        }
        Since = await Issues.FindLastSentAsync(Issue.List, Visitor.Acting().At, cancel);
        Published = await Issues.CountPublishedAsync(Since, cancel);
        // What was typed and refused stays.
        if (!Request.HasFormContentType)
            Input = new()
            {
                Version = Issue.Version,
                Regions = [.. Issue.Segment.Regions],
                Themes = [.. Issue.Segment.Themes],
                Kinds = [.. Issue.Segment.Kinds],
                Activity = Issue.Segment.Activity,
                Title = Issue.Title.In(Phrases.Language)?.Text,
                Body = Issue.Body.In(Phrases.Language)?.Text,
                NotBefore = Issue.NotBefore is { } moment ? PlaceTime.Typed(TimeZone, moment) : null,
            };
    }

    public Task<IActionResult> OnPostAsync(
        int number,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        return ActAsync(
            number,
            async acting =>
            {
                Issue.RequireDraft();
                PlenariaDb.RequireVersion(Issue, Input.Version);
                Issue.Title = Issue.Title.Reworded(Phrases.Language, Input.Title);
                Issue.Body = Issue.Body.Reworded(Phrases.Language, Input.Body);
                Issue.NotBefore = string.IsNullOrWhiteSpace(Input.NotBefore)
                    ? null
                    : PlaceTime.ReadClearly(await Issues.FindTimeZoneAsync(cancel), Input.NotBefore);
                Issue.Segment = await ReadSegmentAsync(cancel);
                await ChangeAsync("newsletter.written", acting, cancel);
            },
            cancel
        );
    }

    private async Task<IssueSegment> ReadSegmentAsync(CancellationToken cancel) =>
        new()
        {
            Regions = [.. Platform.Places.Regions.Continents.Where(Input.Regions.Contains)],
            Themes = ReaderThemes.Read(Input.Themes, await thesaurus.Read(cancel)),
            Kinds = [.. members.Kinds.Where(Input.Kinds.Contains)],
            Activity = Input.Activity,
        };

    public Task<IActionResult> OnPostAddAsync(int number, List<string> kinds, CancellationToken cancel) =>
        ActAsync(
            number,
            async acting =>
            {
                if (kinds.Count == 0)
                    throw new RuleViolationException("newsletter.entries.none-chosen");
                var since = await Issues.FindLastSentAsync(Issue.List, acting.At, cancel);
                Issue.Add(await Issues.FindPublishedAsync(kinds, since, cancel));
                await ChangeAsync("newsletter.entries-added", acting, cancel);
            },
            cancel
        );

    public Task<IActionResult> OnPostRemoveAsync(int number, string? entry, CancellationToken cancel) =>
        ActAsync(
            number,
            acting =>
            {
                if (Reference.TryParse(entry, null, out var reference))
                    Issue.Remove(reference);
                return ChangeAsync("newsletter.entry-removed", acting, cancel);
            },
            cancel
        );

    private Task ChangeAsync(string act, OperationContext acting, CancellationToken cancel)
    {
        Issue.Author ??= acting.Actor.Id;
        Issue.ChangedBy = acting.Actor.Id;
        return Issues.RecordAsync(Issue, act, acting, cancel);
    }

    public Task<IActionResult> OnPostTestAsync(int number, CancellationToken cancel) =>
        ActAsync(
            number,
            async acting =>
            {
                if (acting.Actor.Id is { } me && await accounts.Reach([me], cancel) is [var account])
                    await sending.SendTestAsync(Issue, account.Email, Phrases.Language, this.Site(), acting, cancel);
            },
            cancel
        );

    public Task<IActionResult> OnPostPauseAsync(int number, CancellationToken cancel) =>
        ActAsync(number, acting => sending.PauseAsync(Issue, acting, cancel), cancel);

    public Task<IActionResult> OnPostResumeAsync(int number, CancellationToken cancel) =>
        ActAsync(number, acting => sending.ResumeAsync(Issue, acting, cancel), cancel);

    public Task<IActionResult> OnPostCancelAsync(int number, CancellationToken cancel) =>
        ActAsync(number, acting => sending.CancelAsync(Issue, acting, cancel), cancel);
}
