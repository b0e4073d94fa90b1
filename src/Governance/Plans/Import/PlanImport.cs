using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Import;

/// <summary>
/// Makes a reviewed draft the year's plan: plan, directions, actions, register and journal in one transaction.
/// </summary>
internal sealed class PlanImport(PlenariaDb db, Journal journal, PlanStore plans, Network network)
{
    /// <summary>Reads a file without touching the database.</summary>
    /// <exception cref="RuleViolationException">The file is empty, not text, too large or locked, or holds nothing that
    /// looks like
    /// an action.</exception>
    public static PlanDraft Read(byte[] content)
    {
        var draft = PlanReader.Read(SourceReader.Read(content));
        return draft.ActionCount > 0 ? draft : throw new RuleViolationException("plans.import.no-actions");
    }

    public static void CheckYear(int year)
    {
        if (year is < WorkPlan.FirstYear or > WorkPlan.LastYear)
            throw new RuleViolationException(
                "plans.import.year-out-of-range",
                ("from", $"{WorkPlan.FirstYear}"),
                ("to", $"{WorkPlan.LastYear}")
            );
    }

    /// <exception cref="RuleViolationException">This year has a plan already, or a title is too long to be
    /// one.</exception>
    public async Task<WorkPlan> Accept(
        PlanDraft draft,
        int year,
        Language language,
        byte[] source,
        string sourceName,
        OperationContext acting,
        CancellationToken cancel,
        bool isHistory = false
    )
    {
        CheckYear(year);
        var hash = SHA256.HashData(source);
        if (
            await db.Set<WorkPlan>()
                .Where(p => p.Year == year)
                .Select(p => new { p.SourceHash })
                .SingleOrDefaultAsync(cancel) is
            { } earlier
        )
            throw new RuleViolationException(
                earlier.SourceHash is { } known && known.AsSpan().SequenceEqual(hash)
                    ? "plans.import.again"
                    : "plans.import.year-taken",
                ("year", $"{year}")
            );

        var prefix = (await network.Profile(cancel)).Prefix;
        LocalizedText Text(string words) => LocalizedText.Original(language, words);
        var plan = new WorkPlan
        {
            Id = Guid.CreateVersion7(acting.At),
            Year = year,
            Reference = Reference.Of(prefix, year),
            Language = language,
            Title = Text(draft.Title?.Text ?? Path.GetFileNameWithoutExtension(sourceName)),
            Preamble = [.. draft.Preamble.Select(p => new PlanPassage(Text(p.Text), p.IsMandate))],
            ValidFor = Period.Of(new PartialDate(year)),
            SourceName = Path.GetFileName(sourceName) is { Length: <= WorkPlan.SourceNameMaxLength } name ? name : null,
            SourceHash = hash,
            IsHistory = isHistory,
        };
        foreach (var drafted in draft.Directions)
            Add(plan, drafted, Text, acting);
        db.Add(plan);
        await plans.PublishAll(plan, cancel);
        journal.Append(
            acting,
            plan.Stream,
            "plans.imported",
            plan.Reference,
            new
            {
                year,
                source = plan.SourceName,
                sha256 = Convert.ToHexStringLower(hash),
                directions = plan.Directions.Count,
                actions = plan.Actions.Count,
                history = isHistory,
                notUnderstood = draft.NotUnderstood.Select(p => p.Text),
            }
        );
        foreach (var action in plan.Actions)
            journal.Append(
                acting,
                plan.Stream,
                "plans.action-imported",
                action.Reference,
                new { title = action.Title.ToString(), text = action.Text.ToString() }
            );
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            // Somebody else imported the same year between our look and our save.
            db.ClearTracking();
            if (await db.Set<WorkPlan>().AnyAsync(p => p.Year == year, cancel))
                throw new RuleViolationException("plans.import.year-taken", ("year", $"{year}"));
            throw;
        }
        return plan;
    }

    private static void Add(
        WorkPlan plan,
        DraftDirection drafted,
        Func<string, LocalizedText> text,
        OperationContext acting
    )
    {
        var direction = new Direction
        {
            Id = Guid.CreateVersion7(acting.At),
            PlanId = plan.Id,
            Number = plan.Directions.Count + 1,
            Title = text(Within(drafted.Title.Text.Length > 0 ? drafted.Title.Text : plan.Title.ToString())),
            SecondTitle = text(drafted.SummaryTitle?.Text ?? ""),
            Text = text(DryRun.Text(drafted.Text)),
        };
        plan.Directions.Add(direction);
        foreach (var action in drafted.Actions)
        {
            var number = plan.Actions.Count + 1;
            plan.Actions.Add(
                new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    PlanId = plan.Id,
                    DirectionId = direction.Id,
                    Number = number,
                    Reference = Reference.Of(plan.Reference, $"A{number:00}"),
                    Title = text(Within(action.Title.Text)),
                    Text = text(DryRun.Text(action.Text)),
                    Planned = plan.ValidFor,
                }
            );
        }
    }

    private static string Within(string title) =>
        title.Length <= PlanAction.TitleMaxLength
            ? title
            : throw new RuleViolationException(
                "plans.import.title-too-long",
                ("limit", PlanAction.TitleMaxLength),
                ("start", title[..60])
            );
}
