using Microsoft.AspNetCore.Mvc;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Issues;

/// <summary>
/// Says before an issue is sent whom it reaches in which language and who is left out. Sent by another person than
/// its author.
/// </summary>
[Allow(NewsletterPermission.Write)]
internal sealed class SendModel(
    IssueStore issues,
    AudienceFinder audiences,
    IssueSending sending,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : IssuePage(issues, visitor, phrases)
{
    private Vocabulary Terms { get; set; } = null!;
    private string TimeZone { get; set; } = "";
    public ConfirmationView View { get; private set; } = null!;

    protected override async Task ShowAsync(CancellationToken cancel)
    {
        TimeZone = await Issues.FindTimeZoneAsync(cancel);
        Terms = await thesaurus.Read(cancel);
        var audience = await audiences.FindAsync(Issue, cancel);
        var obstacle =
            Issue.FindObstacle(Visitor.Who.Id)
            ?? (audience.Count == 0 ? new RuleViolationException("newsletter.nobody") : null);
        View = new(Phrases["newsletter.send"], $"{Issue.Version} {audience.Hash}", Issue.DeskPath)
        {
            Obstacle = Phrases.Say(obstacle),
            Sections = obstacle is null ? [.. Describe(audience)] : [],
            Final = obstacle is null ? [Phrases["newsletter.send.final"], Phrases["newsletter.send.public"]] : [],
        };
    }

    public Task<IActionResult> OnPostAsync(int number, string? version, CancellationToken cancel) =>
        ActAsync(
            number,
            async acting =>
            {
                await ShowAsync(cancel);
                View.RequireSeen(version);
                await sending.SendAsync(Issue, this.Site(), acting, cancel);
            },
            cancel
        );

    private IEnumerable<ConfirmationSection> Describe(IssueAudience audience)
    {
        if (Issue.NotBefore is { } moment)
            yield return new(
                Phrases["newsletter.leaves"],
                Phrases["newsletter.leaves.at", ("at", new ZonedMoment(moment, TimeZone).For(Phrases.Language))],
                []
            );
        yield return new(
            Phrases["newsletter.send.reached"],
            Phrases.Count("newsletter.recipients", audience.Count),
            [
                .. Issue.Segment.Describe(Phrases, Terms).Select(l => new ConfirmationLine(l)),
                .. audience.ByLanguage.Select(l => new ConfirmationLine(DescribeLanguage(l.Language, l.Count))),
            ],
            Warns: audience.ByLanguage.Any(l => !Issue.Complete.Contains(l.Language))
        );
        yield return new(
            Phrases["newsletter.send.addresses"],
            audience.Addresses.Count < audience.Count
                ? Phrases["newsletter.send.addresses.first", ("count", Phrases.Number(audience.Addresses.Count))]
                : Phrases["newsletter.send.addresses.all"],
            [.. audience.Addresses.Select(a => new ConfirmationLine(a))]
        );
        if (audience.LeftOut > 0)
            yield return new(
                Phrases["newsletter.send.left-out"],
                Phrases.Count("newsletter.send.left-out.text", audience.LeftOut),
                []
            );
    }

    private string DescribeLanguage(Language language, int count) =>
        Issue.Complete.Contains(language) || Issue.Title.Best(language) is not var (instead, _)
            ? $"{language.OwnName}: {Phrases.Number(count)}"
            : Phrases[
                "newsletter.send.instead",
                ("language", language.OwnName),
                ("count", Phrases.Number(count)),
                ("instead", instead.OwnName)
            ];
}
