using Microsoft.AspNetCore.Http;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;

namespace Plenaria.Plans.Follow;

/// <summary>Adds to an action what supports that it has come so far. Saved by the caller.</summary>
internal sealed class EvidenceWriter(
    PlenariaDb db,
    Journal journal,
    Register register,
    FileStore files,
    PageLocalizer texts
)
{
    private const int MostPublished = 200;

    /// <summary>What was published last, to choose from by its title.</summary>
    public Task<IReadOnlyList<PublishedEntry>> SuggestAsync(CancellationToken cancel) =>
        register.NewestBut([], Audience.Public, MostPublished, cancel);

    public async Task AddAsync(
        WorkPlan plan,
        PlanAction action,
        EvidenceKind kind,
        ProgressModel.Fields input,
        IFormFile? upload,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrWhiteSpace(input.Text))
            throw new RuleViolationException("plans.evidence.text-missing");
        if (string.IsNullOrWhiteSpace(input.Date))
            throw new RuleViolationException("plans.evidence.date-missing");
        var (target, fileName) = await FindTargetAsync(kind, input.Target?.Trim(), upload, cancel);
        var evidence = new Evidence
        {
            Id = Guid.CreateVersion7(acting.At),
            ActionId = action.Id,
            Kind = kind,
            Text = LocalizedText.Original(texts.Language, input.Text),
            Date = PartialDate.Parse(input.Date.Trim()),
            Target = target,
            FileName = fileName,
            By = acting.Actor.Name,
            InTheNameOf = acting.OnBehalfOf?.Name,
            AddedAt = acting.At,
        };
        db.Add(evidence);
        journal.Append(
            acting,
            plan.Stream,
            "plans.evidence-added",
            action.Reference,
            new
            {
                kind = kind.ToString(),
                text = evidence.Text.ToString(),
                date = evidence.Date.ToString(),
                evidence.Target,
            }
        );
    }

    private async Task<(string? Target, string? FileName)> FindTargetAsync(
        EvidenceKind kind,
        string? typed,
        IFormFile? upload,
        CancellationToken cancel
    )
    {
        switch (kind)
        {
            case EvidenceKind.Declaration:
                return (null, null);
            case EvidenceKind.Published:
                return ((await FindPublishedAsync(typed, cancel)).ToString(), null);
            case EvidenceKind.File:
                if (upload is null)
                    throw new RuleViolationException("plans.evidence.file-missing");
                var file = await files.Keep(upload, Audience.Public, cancel);
                return (file.Hash, file.Name);
            case EvidenceKind.Link
                when !(Uri.TryCreate(typed, UriKind.Absolute, out var link) && link.Scheme is "http" or "https"):
                throw new RuleViolationException("plans.evidence.not-a-link");
            default:
                return (typed, null);
        }
    }

    // By its reference, or by its title as the list shows it.
    private async Task<Reference> FindPublishedAsync(string? typed, CancellationToken cancel)
    {
        if (
            Reference.TryParse(typed?.ToUpperInvariant(), null, out var reference)
            && await register.Find(reference, Audience.Public, cancel) is not null
        )
            return reference;
        return (await SuggestAsync(cancel)).FirstOrDefault(e => e.Title.For(texts.Language) == typed)?.Reference
            ?? throw new RuleViolationException("plans.evidence.not-published", ("reference", typed));
    }
}
