using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Correspondence;
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
[Allow(NewsletterPermission.Write)]
internal sealed class EditModel(
    IssueStore issues,
    IssueSending sending,
    SegmentEditor segments,
    Localizer texts,
    CurrentUser visitor,
    PageLocalizer phrases
) : SendingPage(issues, sending, visitor, phrases)
{
    internal sealed class Fields
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "newsletter.needs-title"), StringLength(Issue.TitleMaxLength)]
        public string? Title { get; set; }

        [StringLength(Issue.BodyMaxLength)]
        public string? Body { get; set; }

        public SegmentFields Segment { get; set; } = new();

        /// <summary>By the clocks of the network's time zone.</summary>
        public string? NotBefore { get; set; }

        [Range(1, 1_000_000, ErrorMessage = "newsletter.limit.letters.range")]
        public int FailedLetters { get; set; } = new FailureLimit().Letters;

        [Range(1, 100, ErrorMessage = "newsletter.limit.percent.range")]
        public int FailedPercent { get; set; } = new FailureLimit().Percent;
    }

    public Fields Input { get; set; } = new();
    public IReadOnlyList<string> MemberKinds => segments.Kinds;
    public Vocabulary Terms { get; private set; } = null!;
    public string TimeZone { get; private set; } = "";
    public DateTimeOffset Now => Visitor.Acting().At;
    public IssueContent Shown { get; private set; } = null!;
    public LetterDraft Preview { get; private set; } = null!;
    public DateTimeOffset Since { get; private set; }
    public IReadOnlyList<(string Kind, int Count)> Published { get; private set; } = [];

    protected override async Task ShowAsync(CancellationToken cancel)
    {
        Response.Headers.ContentSecurityPolicy += "; frame-src 'self'";
        Terms = await segments.ReadTermsAsync(cancel);
        TimeZone = await Issues.FindTimeZoneAsync(cancel);
        Shown = await Issues.ReadContentAsync(Issue, this.Site(), cancel);
        Preview = new IssueLetter(Shown, Phrases.Language, null, texts).ForTest("");
        if (Issue.State != IssueState.Draft)
        {
            await ReadProgressAsync(cancel);
            return;
        }
        Since = await Issues.FindLastSentAsync(Issue.List, Visitor.Acting().At, cancel);
        Published = await Issues.CountPublishedAsync(Since, cancel);
        // What was typed and refused stays.
        if (!Request.HasFormContentType)
            Input = new()
            {
                Version = Issue.Version,
                Segment = SegmentFields.Of(Issue.Segment),
                Title = Issue.Title.In(Phrases.Language)?.Text,
                Body = Issue.Body.In(Phrases.Language)?.Text,
                NotBefore = Issue.NotBefore is { } moment ? PlaceTime.Typed(TimeZone, moment) : null,
                FailedLetters = Issue.FailureLimit.Letters,
                FailedPercent = Issue.FailureLimit.Percent,
            };
        Testers ??= string.Join('\n', Issue.TestAddresses);
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
                Issue.Segment = await segments.ReadAsync(Input.Segment, cancel);
                Issue.FailureLimit = new() { Letters = Input.FailedLetters, Percent = Input.FailedPercent };
                await ChangeAsync("newsletter.written", acting, cancel);
            },
            cancel
        );
    }

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
}
